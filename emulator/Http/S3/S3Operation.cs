using Microsoft.AspNetCore.Http;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The names of the operations that method and path stand for.</summary>
internal static class S3Operation
{
    public const string List = "ListObjectsV2";

    /// <returns>Null: none that this endpoint knows.</returns>
    public static string? Of(string method, bool hasKey) => (method, hasKey) switch
    {
        ("PUT", true) => "PutObject",
        ("GET", true) => "GetObject",
        ("HEAD", true) => "HeadObject",
        ("DELETE", true) => "DeleteObject",
        ("HEAD", false) => "HeadBucket",
        ("GET", false) => List,
        _ => null,
    };

    public static ServiceCall Call(HttpRequest request, string operation, string bucket, string key) =>
        new(ServiceCall.Signer(request), "S3", operation)
        {
            Bucket = bucket,
            Key = key.Length > 0 ? key : request.Query["prefix"].ToString(),
        };
}
