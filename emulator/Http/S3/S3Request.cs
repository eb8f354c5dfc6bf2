using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// What the requests of each operation may hold here: query parameters, and headers that have a meaning to S3, which are honoured or make no difference to
/// the response. Any other is refused: a copy would else store nothing, tags would overwrite their object, and a range would be the whole object.
/// </summary>
internal static class S3Request
{
    /// <summary>Any request's; the parameters are those of presigned URLs, of version 4 and 2.</summary>
    private static readonly Terms Any = new(
        [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
            "AWSAccessKeyId", "Signature", "Expires",
        ],
        ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent"]);

    // The response has no checksum to look at, which is what S3 answers of an object that was stored without one.
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
        [S3Operation.List] = new(
            [
                new("list-type", "2"), new("encoding-type", S3Listing.UrlEncoding), new("fetch-owner", "false", ""),
                "prefix", "delimiter", "max-keys", "continuation-token", "start-after",
            ],
            []),
    };

    /// <returns>Null when the operation does all that is asked for.</returns>
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

    /// <summary>S3 answers these with the object again; here they would be lost. The content type is lost too, but every client sends one.</summary>
    private static bool IsKeptWithTheObject(string header) =>
        header.ToUpperInvariant() is "CACHE-CONTROL" or "CONTENT-DISPOSITION" or "CONTENT-ENCODING" or "CONTENT-LANGUAGE" or "EXPIRES";

    private sealed record Terms(Term[] Query, Term[] Headers);

    /// <param name="Name">Of a parameter or a header.</param>
    /// <param name="Values">What it may be; none: anything.</param>
    private sealed record Term(string Name, params string[] Values)
    {
        public static implicit operator Term(string name) => new(name);

        public bool Allows(string name, StringValues value) =>
            name.Equals(Name, StringComparison.OrdinalIgnoreCase) && value.Count == 1 && (Values.Length == 0 || Values.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase));
    }
}
