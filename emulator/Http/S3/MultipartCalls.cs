using System.Xml.Linq;
using DataToEvents.Emulator.Objects;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>Uploads in parts: begin, put and copy parts, list them, abort.</summary>
internal sealed class MultipartCalls(MultipartUploads uploads)
{
    private const int MaxPartNumber = 10_000;
    private const int MaxParts = 1000;

    public Task CreateAsync(S3Call call)
    {
        if (!S3Xml.CanHold(call.Key))
        {
            throw new S3Exception(S3Error.InvalidArgument("The key has a character that XML, and so the response, cannot hold.", "key", ""));
        }

        var (algorithm, type) = Checksum(call.Header("x-amz-checksum-algorithm"), call.Header(S3Checksum.TypeHeader));
        var upload = new MultipartUpload(call.Name, call.Key, KeptHeaders.Of(call.Request), call.Clock.GetUtcNow()) { Algorithm = algorithm, ChecksumType = type };
        uploads.Add(upload);
        if (algorithm is not null)
        {
            (call.Response.Headers["x-amz-checksum-algorithm"], call.Response.Headers[S3Checksum.TypeHeader]) = (algorithm.Name, type);
        }

        return S3Xml.WriteAsync(call.Http, S3Xml.Element("InitiateMultipartUploadResult", ("Bucket", call.Name), ("Key", call.Key), ("UploadId", upload.Id)));
    }

    public async Task PutPartAsync(S3Call call)
    {
        var (upload, number) = (uploads.Of(call), PartNumber(call));
        using var body = await RequestBody.ReadAsync(call.Request, ObjectWrites.MaxBodyBytes, call.Budget);
        var (payload, declared) = UploadCheck.Verify(call.Request, body.Bytes);
        if (upload.Algorithm is { } expected && declared is not null && declared != expected)
        {
            throw new S3Exception(S3Error.InvalidRequest(
                $"Checksum Type mismatch occurred, expected checksum Type: {Lower(expected)}, actual checksum Type: {Lower(declared)}"));
        }

        var part = Put(call, upload, number, payload.ToArray());
        call.Response.Headers.ETag = $"\"{part.ETag}\"";
        if ((upload.Algorithm ?? declared) is { } algorithm)
        {
            call.Response.Headers[algorithm.Header] = part.Checksum ?? algorithm.Of(part.Body);
        }
    }

    public async Task CopyPartAsync(S3Call call, CopySource source)
    {
        var (upload, number) = (uploads.Of(call), PartNumber(call));
        var body = (await source.ReadAsync(call)).Body;
        var part = Put(call, upload, number, ByteRange.OfSource(call.Header("x-amz-copy-source-range"), body.Length) is { } range ? body.AsSpan(range.First, range.Length).ToArray() : body);
        var result = S3Xml.Element("CopyPartResult", ("LastModified", S3Xml.Time(part.Modified)), ("ETag", $"\"{part.ETag}\""));
        result.Add(upload.Algorithm is { } algorithm ? new XElement(S3Xml.Names + algorithm.Element, part.Checksum) : null);
        await S3Xml.WriteAsync(call.Http, result);
    }

    public Task ListPartsAsync(S3Call call)
    {
        var (upload, after, most) = (uploads.Of(call), call.Number("part-number-marker", 0), Math.Min(call.Number("max-parts", MaxParts), MaxParts));
        var parts = uploads.Parts(upload).Where(part => part.Key > after).ToList();
        var page = parts.Take(most).ToList();
        var result = S3Xml.Element("ListPartsResult", ("Bucket", call.Name), ("Key", call.Key), ("UploadId", upload.Id));
        result.Add(S3Xml.Owner("Initiator"), S3Xml.Owner());
        S3Xml.Add(result, ("StorageClass", "STANDARD"), ("PartNumberMarker", $"{after}"), ("NextPartNumberMarker", $"{page.LastOrDefault().Key}"), ("MaxParts", $"{most}"));
        S3Xml.Add(result, ("IsTruncated", page.Count < parts.Count ? "true" : "false"));
        AddChecksum(result, upload);
        foreach (var (number, part) in page)
        {
            var element = S3Xml.Element("Part", ("PartNumber", $"{number}"), ("LastModified", S3Xml.Time(part.Modified)), ("ETag", $"\"{part.ETag}\""), ("Size", $"{part.Body.Length}"));
            element.Add(upload.Algorithm is { } algorithm ? new XElement(S3Xml.Names + algorithm.Element, part.Checksum) : null);
            result.Add(element);
        }

        return S3Xml.WriteAsync(call.Http, result);
    }

    public Task AbortAsync(S3Call call)
    {
        uploads.Remove(uploads.Of(call));
        call.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    public static void AddChecksum(XElement element, MultipartUpload upload)
    {
        if (upload.Algorithm is { } algorithm)
        {
            S3Xml.Add(element, ("ChecksumAlgorithm", algorithm.Name), ("ChecksumType", upload.ChecksumType));
        }
    }

    /// <exception cref="S3Exception">The request names no part.</exception>
    public static int PartNumber(S3Call call) =>
        int.TryParse(call.Parameter("partNumber"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MaxPartNumber
            ? number
            : throw new S3Exception(S3Error.InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber", call.Parameter("partNumber") ?? ""));

    private UploadedPart Put(S3Call call, MultipartUpload upload, int number, byte[] body)
    {
        var part = new UploadedPart(body, ObjectContent.Md5(body), upload.Algorithm?.Of(body), call.Clock.GetUtcNow());
        uploads.Put(upload, number, part);
        return part;
    }

    private static (S3Checksum? Algorithm, string Type) Checksum(string? algorithm, string? type)
    {
        if (algorithm is null)
        {
            return type is null
                ? (null, S3Checksum.FullObject)
                : throw new S3Exception(S3Error.InvalidRequest("The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."));
        }

        var checksum = S3Checksum.Named(algorithm);
        var chosen = type ?? checksum.DefaultType;
        return (chosen == S3Checksum.FullObject && checksum.IsOfWholes) || (chosen == S3Checksum.Composite && checksum != S3Checksum.Default)
            ? (checksum, chosen)
            : throw new S3Exception(S3Error.InvalidRequest($"The {chosen} checksum type cannot be used with the {Lower(checksum)} checksum algorithm."));
    }

    private static string Lower(S3Checksum checksum) => checksum.Name.ToLowerInvariant();
}
