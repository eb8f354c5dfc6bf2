using Microsoft.Extensions.Primitives;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// The query parameters and S3 headers that the requests of each operation may have: those that are honoured and those that do not change the
/// response. Any other is refused. Otherwise a copy would store nothing, tags would overwrite their object, and a range would return the whole object.
/// </summary>
internal static class S3Request
{
    public const string List = "ListObjectsV2";

    /// <summary>Allowed in any request. The parameters are those of presigned URLs, version 4 and 2.</summary>
    private static readonly Terms Any = new(
        [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
            "AWSAccessKeyId", "Signature", "Expires",
        ],
        ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent"]);

    // The response has no checksum, as S3's response for an object that was stored without one.
    private static readonly Terms Reading = new(["x-amz-checksum-mode"], ["x-amz-checksum-mode"]);

    private static readonly Dictionary<string, Terms> Operations = new()
    {
        ["PutObject"] = new(
            ["x-amz-sdk-checksum-algorithm"],
            [
                new("If-None-Match", "*"), new("Content-Encoding", "aws-chunked"), new("x-amz-storage-class", "STANDARD"), "x-amz-decoded-content-length",
                "x-amz-sdk-checksum-algorithm", new("x-amz-trailer", [.. UploadCheck.ChecksumHeaders]), .. UploadCheck.ChecksumHeaders.Select(static name => new Term(name)),
            ]),
        ["GetObject"] = Reading,
        ["HeadObject"] = Reading,
        ["DeleteObject"] = new([], []),
        ["HeadBucket"] = new([], []),
        [List] = new(
            [
                new("list-type", "2"), new("encoding-type", S3Listing.UrlEncoding), new("fetch-owner", "false", ""),
                "prefix", "delimiter", "max-keys", "continuation-token", "start-after",
            ],
            []),
    };

    /// <returns>The name of the operation that method and path stand for; null when this endpoint does not have it.</returns>
    public static string? Operation(string method, bool hasKey) => (method, hasKey) switch
    {
        ("PUT", true) => "PutObject",
        ("GET", true) => "GetObject",
        ("HEAD", true) => "HeadObject",
        ("DELETE", true) => "DeleteObject",
        ("HEAD", false) => "HeadBucket",
        ("GET", false) => List,
        _ => null,
    };

    /// <returns>Null when the operation does all that the request asks for.</returns>
    public static S3Error? Refusal(HttpRequest request, string operation)
    {
        var terms = Operations[operation];
        // The operation's name, as newer SDKs send it.
        var query = Unknown(request.Query, [new("x-id", operation), .. Any.Query, .. terms.Query]);
        var header = query ?? Unknown(request.Headers.Where(header => HasMeaning(header.Key, operation)), [.. Any.Headers, .. terms.Headers]);
        return header is null ? null : S3Error.NotImplemented with { Message = $"A header or query parameter you provided implies functionality that is not implemented: {header}" };
    }

    private static string? Unknown(IEnumerable<KeyValuePair<string, StringValues>> given, List<Term> known) => given
        .Where(pair => !known.Exists(term => term.Allows(pair.Key, pair.Value)))
        .Select(static pair => pair.Key)
        .FirstOrDefault();

    private static bool HasMeaning(string header, string operation) =>
        header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("If-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Range", StringComparison.OrdinalIgnoreCase)
        || (operation == "PutObject" && IsKeptWithTheObject(header));

    /// <summary>S3 returns these with the object; here they would be lost. The content type is lost too, but every client sends one.</summary>
    private static bool IsKeptWithTheObject(string header) =>
        header.ToUpperInvariant() is "CACHE-CONTROL" or "CONTENT-DISPOSITION" or "CONTENT-ENCODING" or "CONTENT-LANGUAGE" or "EXPIRES";

    private sealed record Terms(Term[] Query, Term[] Headers);

    /// <param name="Name">The name of a parameter or header.</param>
    /// <param name="Values">The values that it may have; empty allows any.</param>
    private sealed record Term(string Name, params string[] Values)
    {
        public static implicit operator Term(string name) => new(name);

        public bool Allows(string name, StringValues value) =>
            name.Equals(Name, StringComparison.OrdinalIgnoreCase) && value.Count == 1 && (Values.Length == 0 || Values.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
