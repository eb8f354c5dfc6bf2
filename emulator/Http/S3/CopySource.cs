using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Http.S3;

/// <summary>The object that a copy is made of.</summary>
/// <param name="Name">The name of its bucket.</param>
/// <param name="Bucket">Its bucket; null if there is none of that name.</param>
/// <param name="Key">Its key.</param>
internal sealed record CopySource(string Name, ObjectBucket? Bucket, string Key)
{
    public const string Header = "x-amz-copy-source";

    /// <exception cref="S3Exception">The header is not valid.</exception>
    public static CopySource Of(HttpRequest request, IReadOnlyDictionary<string, ObjectBucket> buckets)
    {
        var header = request.Headers[Header].ToString();
        if (header.Contains("?versionId=", StringComparison.Ordinal))
        {
            throw new S3Exception(S3Error.NotHonoured($"{Header}?versionId"));
        }

        return Uri.UnescapeDataString(header).TrimStart('/').Split('/', 2) is [var name, { Length: > 0 } key]
            ? new CopySource(name, buckets.GetValueOrDefault(name), key)
            : throw new S3Exception(S3Error.InvalidArgument("Invalid copy source object key", Header, header));
    }

    /// <exception cref="S3Exception">It is not there, or the request's conditions on it do not hold.</exception>
    public async Task<ObjectContent> ReadAsync(S3Call call)
    {
        if (Bucket is null)
        {
            throw new S3Exception(S3Error.NoSuchBucket(Name));
        }

        var content = await Bucket.ReadAsync(Key, call.Aborted) ?? throw new S3Exception(S3Error.NoSuchKey(Key));
        S3Conditions.VerifySource(call, content);
        return content;
    }
}
