using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>Compares an uploaded object with the length, checksums and digests in its request. An object that differs is not stored.</summary>
internal static class UploadCheck
{
    private const string Sha256Header = "x-amz-content-sha256";
    private const string Streaming = "STREAMING-";

    /// <summary>The checksums that are compared, by their headers.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "S3 has a checksum by SHA-1; it protects nothing.")]
    private static readonly Dictionary<string, (string Name, Func<ReadOnlySpan<byte>, byte[]> Compute)> Checksums = new(StringComparer.OrdinalIgnoreCase)
    {
        ["x-amz-checksum-crc32"] = ("CRC32", new ReflectedCrc(0xEDB88320, 4).Compute),
        ["x-amz-checksum-crc32c"] = ("CRC32C", new ReflectedCrc(0x82F63B78, 4).Compute),
        ["x-amz-checksum-crc64nvme"] = ("CRC64NVME", new ReflectedCrc(0x9A6C9329AC4BC9B5, 8).Compute),
        ["x-amz-checksum-sha1"] = ("SHA1", SHA1.HashData),
        ["x-amz-checksum-sha256"] = ("SHA256", SHA256.HashData),
    };

    public static IEnumerable<string> ChecksumHeaders => Checksums.Keys;

    public static bool IsChunked(HttpRequest request) =>
        DeclaredSha256(request).StartsWith(Streaming, StringComparison.Ordinal) || request.Headers.ContentEncoding.ToString().Contains("aws-chunked", StringComparison.OrdinalIgnoreCase);

    /// <returns>The error; null when all values match.</returns>
    public static S3Error? Refusal(HttpRequest request, Chunked body)
    {
        var content = body.Payload.Span;
        return Length(request, content)
            ?? Trailers(request, body)
            ?? Declared(request.Headers.Select(header => KeyValuePair.Create(header.Key, header.Value.ToString())), content)
            ?? Md5(request.Headers.ContentMD5.ToString(), content)
            ?? Sha256(DeclaredSha256(request), content);
    }

    private static S3Error? Length(HttpRequest request, ReadOnlySpan<byte> content) =>
        request.Headers["x-amz-decoded-content-length"].ToString() is { Length: > 0 } length && length != content.Length.ToString(CultureInfo.InvariantCulture)
            ? new S3Error(400, "IncompleteBody", "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.")
            : null;

    private static S3Error? Trailers(HttpRequest request, Chunked body)
    {
        var announced = request.Headers["x-amz-trailer"].ToString();
        return (announced.Length > 0 && !body.Trailers.ContainsKey(announced)) || body.Trailers.Keys.Any(name => !Checksums.ContainsKey(name) && name != "x-amz-trailer-signature")
            ? new S3Error(400, "MalformedTrailerError", "The request contained trailing data that was not well-formed or did not conform to our published schema.")
            : Declared(body.Trailers, body.Payload.Span);
    }

    private static S3Error? Declared(IEnumerable<KeyValuePair<string, string>> headers, ReadOnlySpan<byte> content)
    {
        foreach (var (name, value) in headers)
        {
            if (Checksums.TryGetValue(name, out var checksum) && !Matches(value, checksum.Compute(content)))
            {
                return BadDigest($"The {checksum.Name} you specified did not match the calculated checksum.");
            }
        }

        return null;
    }

    [SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is a checksum; it protects nothing.")]
    private static S3Error? Md5(string declared, ReadOnlySpan<byte> content) =>
        declared.Length == 0 || Matches(declared, MD5.HashData(content)) ? null : BadDigest("The Content-MD5 you specified did not match what we received.");

    private static S3Error? Sha256(string declared, ReadOnlySpan<byte> content) =>
        declared is "" or "UNSIGNED-PAYLOAD" || declared.StartsWith(Streaming, StringComparison.Ordinal) || declared == Convert.ToHexStringLower(SHA256.HashData(content))
            ? null
            : new S3Error(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.");

    private static S3Error BadDigest(string message) => new(400, "BadDigest", message);

    private static bool Matches(string base64, byte[] computed) => base64 == Convert.ToBase64String(computed);

    /// <summary>A presigned URL has the value in its query.</summary>
    private static string DeclaredSha256(HttpRequest request) =>
        request.Headers.TryGetValue(Sha256Header, out var header) ? header.ToString() : request.Query[Sha256Header].ToString();
}
