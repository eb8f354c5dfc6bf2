using System.Xml.Linq;
using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>GetObject, HeadObject and GetObjectAttributes.</summary>
internal static class ObjectReads
{
    /// <summary>What GetObjectAttributes can be asked for, in the order of its answer.</summary>
    private static readonly string[] Attributes = ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"];

    /// <returns>False if there is no such object. The caller decides whether the client may know that.</returns>
    public static async Task<bool> TryAnswerAsync(S3Call call)
    {
        if (await call.Bucket.ReadAsync(call.Key, call.Aborted) is not { } content)
        {
            return false;
        }

        if (S3Conditions.IsKnown(call, content))
        {
            call.Response.StatusCode = StatusCodes.Status304NotModified;
            WriteTag(call.Response, content);
            return true;
        }

        var parts = call.Parameter("partNumber") is null ? [] : ObjectPart.Of(content);
        var part = ObjectPart.Asked(call, parts, content.Body.Length);
        var range = part is null ? ByteRange.Of(call.Header("Range"), content.Body.Length) : part.Range;
        WriteHeaders(call, content, range);
        WriteChecksum(call, content, parts.Count > 0 ? part : null, range);
        if (parts.Count > 0)
        {
            call.Response.Headers["x-amz-mp-parts-count"] = $"{parts.Count}";
        }

        if (HttpMethods.IsGet(call.Request.Method))
        {
            await call.Response.Body.WriteAsync(range is { } bytes ? content.Body.AsMemory(bytes.First, bytes.Length) : content.Body, call.Aborted);
        }

        return true;
    }

    /// <returns>False if there is no such object.</returns>
    public static async Task<bool> TryDescribeAsync(S3Call call)
    {
        var attributes = (call.Header("x-amz-object-attributes") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (attributes.Length == 0)
        {
            throw new S3Exception(S3Error.InvalidRequest("The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty"));
        }

        if (Array.Find(attributes, static name => !Attributes.Contains(name)) is { } unknown)
        {
            throw new S3Exception(S3Error.InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", unknown));
        }

        if (await call.Bucket.ReadAsync(call.Key, call.Aborted) is not { } content)
        {
            return false;
        }

        var result = S3Xml.Element("GetObjectAttributesResponse");
        foreach (var name in Attributes.Where(attributes.Contains))
        {
            result.Add(Attribute(call, content, name));
        }

        WriteModified(call.Response, content);
        await S3Xml.WriteAsync(call.Http, result);
        return true;
    }

    private static XElement? Attribute(S3Call call, ObjectContent content, string name) => name switch
    {
        "ETag" => new XElement(S3Xml.Names + name, content.ETag),
        "Checksum" => S3Xml.Element(name, ObjectChecksum.Of(content).Elements()),
        "ObjectParts" => ObjectPart.List(call, content),
        "StorageClass" => new XElement(S3Xml.Names + name, "STANDARD"),
        _ => new XElement(S3Xml.Names + name, content.Body.Length),
    };

    private static void WriteHeaders(S3Call call, ObjectContent content, ByteRange? range)
    {
        var (response, size) = (call.Response, content.Body.Length);
        KeptHeaders.Write(call, content);
        WriteTag(response, content);
        response.Headers.AcceptRanges = "bytes";
        // An object may be an HTML page. Its scripts must not be able to call this address.
        response.Headers.ContentSecurityPolicy = "sandbox; frame-ancestors 'none'";
        response.ContentLength = range?.Length ?? size;
        if (range is { } part)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {part.First}-{part.Last}/{size}";
        }
    }

    /// <summary>A response has a checksum if it has the whole object, or a part that was uploaded with one.</summary>
    private static void WriteChecksum(S3Call call, ObjectContent content, ObjectPart? part, ByteRange? range)
    {
        var isWhole = part is null && (range?.Length ?? content.Body.Length) == content.Body.Length;
        if (call.Header("x-amz-checksum-mode") is not null && (isWhole || part is { Checksum: not null }))
        {
            var checksum = ObjectChecksum.Of(content);
            (isWhole ? checksum : checksum with { Value = part!.Checksum! }).Write(call.Response);
        }
    }

    private static void WriteTag(HttpResponse response, ObjectContent content)
    {
        response.Headers.ETag = $"\"{content.ETag}\"";
        WriteModified(response, content);
    }

    private static void WriteModified(HttpResponse response, ObjectContent content) =>
        response.Headers.LastModified = content.Modified.ToString("R", CultureInfo.InvariantCulture);
}
