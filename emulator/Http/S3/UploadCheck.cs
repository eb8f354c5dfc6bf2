using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>Compares an uploaded body with the length, checksums and digests in its request. A body that differs is not stored.</summary>
internal static class UploadCheck
{
    private const string Sha256Header = "x-amz-content-sha256";
    private const string Streaming = "STREAMING-";

    private static readonly Dictionary<string, string> NoTrailers = [];

    /// <summary>Removes the framing of a body and compares it.</summary>
    /// <param name="request">The request; its headers give the expected length and checksums.</param>
    /// <param name="body">The body as it arrived. It is changed.</param>
    /// <returns>The payload and the algorithm of the checksum that the request has; null if it has none.</returns>
    /// <exception cref="S3Exception">The body is not what the request says.</exception>
    public static (Memory<byte> Payload, S3Checksum? Checksum) Verify(HttpRequest request, Memory<byte> body)
    {
        var upload = (IsChunked(request) ? AwsChunks.Decode(body) : new Chunked(body, NoTrailers))
            ?? throw new S3Exception(new S3Error(400, "IncompleteBody", "The chunks of the request body are not what their headers say."));
        var content = upload.Payload.Span;
        VerifyLength(request, content);
        VerifyTrailers(request, upload);
        var declared = Declared(request, upload);
        if (declared is var (checksum, value) && value != checksum.Of(content))
        {
            throw BadDigest($"The {checksum.Name} you specified did not match the calculated checksum.");
        }

        VerifyMd5(request.Headers.ContentMD5.ToString(), content);
        VerifySha256(DeclaredSha256(request), content);
        return (upload.Payload, declared?.Checksum);
    }

    private static bool IsChunked(HttpRequest request) =>
        DeclaredSha256(request).StartsWith(Streaming, StringComparison.Ordinal) || request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);

    private static void VerifyLength(HttpRequest request, ReadOnlySpan<byte> content)
    {
        if (request.Headers["x-amz-decoded-content-length"].ToString() is { Length: > 0 } length && length != content.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new S3Exception(new S3Error(400, "IncompleteBody", "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header."));
        }
    }

    private static void VerifyTrailers(HttpRequest request, Chunked body)
    {
        var announced = request.Headers["x-amz-trailer"].ToString();
        if ((announced.Length > 0 && !body.Trailers.ContainsKey(announced)) || body.Trailers.Keys.Any(static name => S3Checksum.OfHeader(name) is null && name != "x-amz-trailer-signature"))
        {
            throw new S3Exception(new S3Error(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema."));
        }
    }

    private static (S3Checksum Checksum, string Value)? Declared(HttpRequest request, Chunked body)
    {
        var declared = request.Headers.Select(static header => KeyValuePair.Create(header.Key, header.Value.ToString())).Concat(body.Trailers)
            .Where(static header => S3Checksum.OfHeader(header.Key) is not null)
            .ToList();
        if (declared.Count == 0)
        {
            return null;
        }

        if (declared.Count > 1)
        {
            throw new S3Exception(S3Error.InvalidRequest("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed."));
        }

        var (name, value) = declared[0];
        var checksum = S3Checksum.OfHeader(name)!;
        return IsBase64(value, checksum.Compute([]).Length) ? (checksum, value) : throw new S3Exception(S3Error.InvalidRequest($"Value for {checksum.Header} header is invalid."));
    }

    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is a checksum; it protects nothing.")]
    private static void VerifyMd5(string declared, ReadOnlySpan<byte> content)
    {
        if (declared.Length > 0 && !IsBase64(declared, MD5.HashSizeInBytes))
        {
            throw new S3Exception(new S3Error(400, "InvalidDigest", "The Content-MD5 you specified was invalid.") { Details = [("Content-MD5", declared)] });
        }

        if (declared.Length > 0 && declared != Convert.ToBase64String(MD5.HashData(content)))
        {
            throw BadDigest("The Content-MD5 you specified did not match what we received.");
        }
    }

    private static void VerifySha256(string declared, ReadOnlySpan<byte> content)
    {
        if (declared is not ("" or "UNSIGNED-PAYLOAD") && !declared.StartsWith(Streaming, StringComparison.Ordinal) && declared != Convert.ToHexStringLower(SHA256.HashData(content)))
        {
            throw new S3Exception(new S3Error(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed."));
        }
    }

    private static S3Exception BadDigest(string message) => new(new S3Error(400, "BadDigest", message));

    private static bool IsBase64(string text, int bytes) => text.Length == (bytes + 2) / 3 * 4 && Convert.TryFromBase64String(text, new byte[bytes], out var written) && written == bytes;

    /// <summary>A presigned URL has the value in its query.</summary>
    private static string DeclaredSha256(HttpRequest request) =>
        request.Headers.TryGetValue(Sha256Header, out var header) ? header.ToString() : request.Query[Sha256Header].ToString();
}
