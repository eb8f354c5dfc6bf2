using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>GetObject and HeadObject.</summary>
internal static class ObjectReads
{
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

        var range = ByteRange.Of(call.Header("Range"), content.Body.Length);
        WriteHeaders(call, content, range);
        if (HttpMethods.IsGet(call.Request.Method))
        {
            await call.Response.Body.WriteAsync(range is { } part ? content.Body.AsMemory(part.First, part.Length) : content.Body, call.Aborted);
        }

        return true;
    }

    private static void WriteHeaders(S3Call call, ObjectContent content, ByteRange? range)
    {
        var (response, size) = (call.Response, content.Body.Length);
        KeptHeaders.Write(response, content);
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

        if (call.Header("x-amz-checksum-mode") is not null && (range?.Length ?? size) == size)
        {
            ObjectChecksum.Of(content).Write(response);
        }
    }

    private static void WriteTag(HttpResponse response, ObjectContent content)
    {
        response.Headers.ETag = $"\"{content.ETag}\"";
        response.Headers.LastModified = content.Modified.ToString("R", CultureInfo.InvariantCulture);
    }
}
