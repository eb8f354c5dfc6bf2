using Microsoft.Extensions.Primitives;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>
/// The query parameters and S3 headers that the requests of each operation may have: those that are honoured and those that do not change the
/// response. Any other is refused. Otherwise tags would overwrite their object, and an encrypted upload would be stored as it is.
/// </summary>
internal static class S3Request
{
    public const string ListBuckets = "ListBuckets";

    /// <summary>Allowed in any request. The parameters are those of presigned URLs, version 4 and 2.</summary>
    public static readonly S3Terms Any = new(
        [
            "X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature", "X-Amz-Security-Token", "X-Amz-Content-Sha256",
            "AWSAccessKeyId", "Signature", "Expires",
        ],
        ["x-amz-date", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent"]);

    private const string GovernanceBypass = "x-amz-bypass-governance-retention";

    /// <summary>Conditions that only directory buckets have.</summary>
    private static readonly string[] OfDirectoryBuckets = ["x-amz-if-match-last-modified-time", "x-amz-if-match-size"];

    private static readonly S3Term[] Body =
    [
        new("Content-Encoding", "aws-chunked"), "Content-MD5", "x-amz-decoded-content-length", "x-amz-sdk-checksum-algorithm", new("x-amz-trailer", [.. S3Checksum.Headers]), .. S3Checksum.Headers.Select(static name => new S3Term(name)),
    ];

    /// <summary>The headers of a request that makes an object.</summary>
    private static readonly S3Term[] Object =
    [
        new("x-amz-acl", "private"), new("x-amz-storage-class", "STANDARD"), KeptHeaders.MetadataPrefix, "Content-Type", .. KeptHeaders.System.Select(static name => new S3Term(name)),
    ];

    private static readonly S3Term[] Write = ["If-Match", new("If-None-Match", "*")];

    private static readonly S3Term[] Source =
    [
        CopySource.Header, .. S3Conditions.OfReads.Select(static condition => new S3Term(S3Conditions.SourcePrefix + condition.ToLowerInvariant())),
    ];

    private static readonly S3Terms Reading = new(
        ["versionId", "partNumber", "x-amz-checksum-mode", .. KeptHeaders.Overrides.Select(static name => new S3Term(name.Parameter))], [new("x-amz-checksum-mode", "ENABLED"), "Range", .. S3Conditions.OfReads.Select(static condition => new S3Term(condition))]);

    /// <summary>The query keys and headers that each operation honours.</summary>
    public static readonly IReadOnlyDictionary<string, S3Terms> Operations = new Dictionary<string, S3Terms>
    {
        [ListBuckets] = new(["prefix", "max-buckets", "continuation-token", "bucket-region"], []),
        ["CreateBucket"] = new([], [new("x-amz-acl", "private")]),
        ["HeadBucket"] = new([], []),
        ["GetBucketLocation"] = new(["location"], []),
        ["ListObjects"] = new(["prefix", "delimiter", "marker", "max-keys", "encoding-type"], []),
        ["ListObjectsV2"] = new([new("list-type", "2"), "prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", new("fetch-owner", "false", "true", "")], []),
        ["GetObject"] = Reading,
        ["HeadObject"] = Reading,
        ["GetObjectAttributes"] = new(["attributes", "versionId"], ["x-amz-object-attributes", "x-amz-max-parts", "x-amz-part-number-marker"]),
        ["PutObject"] = new(["x-amz-sdk-checksum-algorithm"], [.. Body, .. Object, .. Write]),
        ["CopyObject"] = new([], [.. Source, .. Object, .. Write, "x-amz-metadata-directive", new("x-amz-tagging-directive", "COPY"), "x-amz-checksum-algorithm"]),
        ["DeleteObject"] = new(["versionId"], ["If-Match", GovernanceBypass]),
        ["DeleteObjects"] = new(["delete"], [.. Body, GovernanceBypass]),
        ["CreateMultipartUpload"] = new(["uploads"], [.. Object, "x-amz-checksum-algorithm", S3Checksum.TypeHeader]),
        ["UploadPart"] = new(["partNumber", "uploadId"], Body),
        ["UploadPartCopy"] = new(["partNumber", "uploadId"], [.. Source, "x-amz-copy-source-range"]),
        ["CompleteMultipartUpload"] = new(["uploadId"], [.. Write, .. S3Checksum.Headers.Select(static name => new S3Term(name)), S3Checksum.TypeHeader, "x-amz-mp-object-size"]),
        ["AbortMultipartUpload"] = new(["uploadId"], []),
        ["ListParts"] = new(["uploadId", "max-parts", "part-number-marker"], []),
        ["ListMultipartUploads"] = new(["uploads", "prefix", "delimiter", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"], []),
    };

    /// <returns>The name of the operation that a request stands for; null when this endpoint does not have it.</returns>
    public static string? Operation(HttpRequest request, bool hasBucket, bool hasKey)
    {
        bool Asks(string parameter) => request.Query.ContainsKey(parameter);
        return (request.Method, hasBucket, hasKey) switch
        {
            ("GET", false, _) => ListBuckets,
            (_, false, _) => null,
            ("PUT", _, false) => "CreateBucket",
            ("HEAD", _, false) => "HeadBucket",
            ("GET", _, false) => Asks("location") ? "GetBucketLocation" : Asks("uploads") ? "ListMultipartUploads" : Asks("list-type") ? "ListObjectsV2" : "ListObjects",
            ("POST", _, false) => Asks("delete") ? "DeleteObjects" : null,
            ("HEAD", _, true) => "HeadObject",
            ("GET", _, true) => Asks("uploadId") ? "ListParts" : Asks("attributes") ? "GetObjectAttributes" : "GetObject",
            ("PUT", _, true) when request.Headers.ContainsKey(CopySource.Header) => Asks("uploadId") || Asks("partNumber") ? "UploadPartCopy" : "CopyObject",
            ("PUT", _, true) => Asks("uploadId") || Asks("partNumber") ? "UploadPart" : "PutObject",
            ("POST", _, true) => Asks("uploads") ? "CreateMultipartUpload" : Asks("uploadId") ? "CompleteMultipartUpload" : null,
            ("DELETE", _, true) => Asks("uploadId") ? "AbortMultipartUpload" : "DeleteObject",
            _ => null,
        };
    }

    /// <returns>Null when the operation does all that the request asks for.</returns>
    public static S3Error? Refusal(HttpRequest request, string operation)
    {
        var terms = Operations[operation];
        if (request.Method is "PUT" or "POST" && S3Conditions.WriteRefusal(request) is { } refusal)
        {
            return refusal;
        }

        if (operation is "DeleteObject" or "DeleteObjects" && DeleteRefusal(request) is { } error)
        {
            return error;
        }

        // The operation's name, as newer SDKs send it.
        var query = Unknown(request.Query, [new("x-id", operation), .. Any.Query, .. terms.Query]);
        var header = query ?? Unknown(request.Headers.Where(header => HasMeaning(header.Key, request.Method)), [.. Any.Headers, .. terms.Headers]);
        return header is null ? null : S3Error.NotHonoured(header);
    }

    /// <summary>What S3 refuses in a bucket without locks that is not a directory bucket (recorded on AWS).</summary>
    private static S3Error? DeleteRefusal(HttpRequest request) =>
        request.Headers.ContainsKey(GovernanceBypass)
            ? new S3Error(400, "InvalidArgument", $"{GovernanceBypass} is only applicable to Object Lock enabled buckets.") { Details = [("ArgumentName", GovernanceBypass)] }
            : Array.Find(OfDirectoryBuckets, request.Headers.ContainsKey) is { } header
                ? new S3Error(501, "NotImplemented", "A header you provided implies functionality that is not implemented") { Details = [("Header", header)] }
                : null;

    private static string? Unknown(IEnumerable<KeyValuePair<string, StringValues>> given, List<S3Term> known) => given
        .Where(pair => !known.Exists(term => term.Allows(pair.Key, pair.Value)))
        .Select(static pair => pair.Key)
        .FirstOrDefault();

    /// <summary>Whether S3 does something for a header.</summary>
    private static bool HasMeaning(string header, string method) =>
        header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
        || header.StartsWith("If-", StringComparison.OrdinalIgnoreCase)
        || header.Equals("Range", StringComparison.OrdinalIgnoreCase)
        || (method is "PUT" or "POST" && header.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase));
}

/// <summary>The parameters and headers that an operation honours.</summary>
internal sealed record S3Terms(S3Term[] Query, S3Term[] Headers);

/// <summary>A parameter or a header that an operation honours.</summary>
/// <param name="Name">Its name; with a hyphen at its end all that begin with it.</param>
/// <param name="Values">The values that it may have; empty allows any.</param>
internal sealed record S3Term(string Name, params string[] Values)
{
    public static implicit operator S3Term(string name) => new(name);

    public bool Allows(string name, StringValues value) =>
        (name.Equals(Name, StringComparison.OrdinalIgnoreCase) || (Name.EndsWith('-') && name.StartsWith(Name, StringComparison.OrdinalIgnoreCase)))
        && value.Count == 1
        && (Values.Length == 0 || Values.Contains(value.ToString(), StringComparer.OrdinalIgnoreCase));
}
