using System.Xml.Linq;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>A part of an object that was uploaded in parts. S3 remembers their sizes, and their checksums if the client chose an algorithm.</summary>
/// <param name="Number">Its number, from 1 without a gap.</param>
/// <param name="First">The place of its first byte in the object.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Checksum">Its check value; null if it has none.</param>
internal sealed record ObjectPart(int Number, int First, int Size, string? Checksum)
{
    /// <summary>The name under which the parts are kept with the object: size, colon, check value of each. No response has it.</summary>
    private const string Header = "parts";

    private const int MaxListed = 1000;

    /// <summary>Null if it has no bytes, so that no range can name it.</summary>
    public ByteRange? Range => Size == 0 ? null : new ByteRange(First, First + Size - 1);

    /// <summary>Keeps the parts with the object that is made of them.</summary>
    public static void Keep(Dictionary<string, string> headers, IEnumerable<UploadedPart> parts) =>
        headers[Header] = string.Join(',', parts.Select(static part => $"{part.Body.Length}:{part.Checksum}"));

    /// <returns>The parts of an object; none if it was put at once.</returns>
    public static List<ObjectPart> Of(ObjectContent content)
    {
        var parts = new List<ObjectPart>();
        foreach (var text in content.Headers.GetValueOrDefault(Header, "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split(':')))
        {
            var first = parts is [.., var before] ? before.First + before.Size : 0;
            parts.Add(new ObjectPart(parts.Count + 1, first, int.Parse(text[0], CultureInfo.InvariantCulture), text[1].Length == 0 ? null : text[1]));
        }

        return parts;
    }

    /// <returns>The part that a request to read asks for by its number; null if it asks for the object.</returns>
    /// <exception cref="S3Exception">The object has no such part, or the request asks for a range, too.</exception>
    public static ObjectPart? Asked(S3Call call, List<ObjectPart> parts, int size)
    {
        if (call.Parameter("partNumber") is null)
        {
            return null;
        }

        if (call.Header("Range") is not null)
        {
            throw new S3Exception(S3Error.InvalidRequest("Cannot specify both Range header and partNumber query parameter"));
        }

        var number = MultipartCalls.PartNumber(call);
        // An object that was put at once is its first part.
        return parts.ElementAtOrDefault(number - 1) ?? (parts.Count == 0 && number == 1 ? new ObjectPart(1, 0, size, null) : throw new S3Exception(
            new S3Error(416, "InvalidPartNumber", "The requested partnumber is not satisfiable") { Details = [("ActualPartCount", $"{Math.Max(1, parts.Count)}"), ("PartNumberRequested", $"{number}")] }));
    }

    /// <returns>The parts as GetObjectAttributes tells them: only their number if they have no checksums (recorded on AWS). Null for an object that was put at once.</returns>
    public static XElement? List(S3Call call, ObjectContent content)
    {
        var parts = Of(content);
        if (parts.Count == 0)
        {
            return null;
        }

        var result = S3Xml.Element("ObjectParts", ("PartsCount", $"{parts.Count}"));
        if (parts[0].Checksum is null)
        {
            return result;
        }

        var (after, most) = (Limit(call, "x-amz-part-number-marker", 0), Math.Min(Limit(call, "x-amz-max-parts", MaxListed), MaxListed));
        var element = ObjectChecksum.Of(content).Algorithm.Element;
        var page = parts.Skip(after).Take(most).ToList();
        S3Xml.Add(
            result, ("PartNumberMarker", $"{after}"), ("NextPartNumberMarker", $"{(page.Count > 0 ? page[^1].Number : 0)}"), ("MaxParts", $"{most}"),
            ("IsTruncated", after + page.Count < parts.Count && page.Count > 0 ? "true" : "false"));
        page.ForEach(part => result.Add(S3Xml.Element("Part", ("PartNumber", $"{part.Number}"), ("Size", $"{part.Size}"), (element, part.Checksum!))));
        return result;
    }

    private static int Limit(S3Call call, string header, int otherwise) => call.Header(header) is not { Length: > 0 } text
        ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new S3Exception(S3Error.InvalidArgument($"Provided {header} not an integer or within integer range", header, text));
}
