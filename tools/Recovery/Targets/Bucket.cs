using System.IO.Compression;
using Amazon.S3;
using Amazon.S3.Model;

namespace DataToEvents.Recovery.Targets;

/// <summary>The data bucket.</summary>
internal sealed class Bucket(IAmazonS3 s3, string name)
{
    private const int HandleDigits = 8;

    public string Name => name;

    /// <summary>A short name that a person can type. It is the same each time the object is listed.</summary>
    public static string HandleOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..HandleDigits];

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix)
    {
        await foreach (var item in s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = name, Prefix = prefix }).S3Objects)
        {
            yield return new StoredObject(item.Key, item.Size ?? 0, item.LastModified is { } time ? new DateTimeOffset(time.ToUniversalTime()) : null);
        }
    }

    /// <summary>Finds the objects that the handles or keys name. Without any it returns all objects.</summary>
    /// <exception cref="UserErrorException">A handle names none of them.</exception>
    public async Task<List<StoredObject>> ChooseAsync(IReadOnlyCollection<string> handles, params string[] prefixes)
    {
        var found = new List<StoredObject>();
        var missing = handles.ToHashSet(StringComparer.Ordinal);
        foreach (var prefix in prefixes)
        {
            await foreach (var item in ListAsync(prefix))
            {
                if (handles.Count == 0 || missing.Remove(item.Handle) || missing.Remove(item.Key))
                {
                    found.Add(item);
                }
            }
        }

        return missing.Count == 0
            ? found
            : throw new UserErrorException($"'{missing.First()}' is not among the objects under {string.Join(" and ", prefixes)}; allowed: a handle or a key that `list` shows.");
    }

    /// <summary>The object's bytes, unpacked when it is compressed.</summary>
    public async Task<byte[]> GetAsync(string key, CancellationToken cancellationToken)
    {
        using var bytes = await ReadAsync(key, cancellationToken);
        var content = bytes.ToArray();
        if (!IsCompressed(content))
        {
            return content;
        }

        using var unpacked = new MemoryStream();
        await using var plain = Plain(content);
        await plain.CopyToAsync(unpacked, cancellationToken);
        return unpacked.ToArray();
    }

    /// <returns>Null when there is no such object.</returns>
    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(key, cancellationToken);
        }
        catch (AmazonS3Exception fault) when (fault.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>An object's content: it may be compressed, or a client may have unpacked it on the way.</summary>
    public static Stream Plain(byte[] content)
    {
        var stored = new MemoryStream(content, writable: false);
        return IsCompressed(content) ? new GZipStream(stored, CompressionMode.Decompress) : stored;
    }

    /// <summary>Moves an object below the prefix of recovered ones after its records were brought back. A second call changes nothing.</summary>
    public async Task RetireAsync(string key, CancellationToken cancellationToken)
    {
        using (var bytes = await ReadAsync(key, cancellationToken))
        {
            await s3.PutObjectAsync(
                new PutObjectRequest { BucketName = name, Key = Prefixes.Recovered + key, InputStream = bytes, UseChunkEncoding = false }, cancellationToken);
        }

        await DeleteAsync(key, cancellationToken);
    }

    /// <summary>Leaves these lines in the object, and keeps the others, which were brought back, below the prefix of recovered ones. A second call changes nothing.</summary>
    public async Task RetireAsync(string key, byte[] recovered, byte[] left, CancellationToken cancellationToken)
    {
        await PutAsync($"{Prefixes.Recovered}{key}-{Convert.ToHexStringLower(SHA256.HashData(recovered))[..HandleDigits]}", recovered, cancellationToken);
        await PutAsync(key, left, cancellationToken);
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => s3.DeleteObjectAsync(name, key, cancellationToken);

    private Task<PutObjectResponse> PutAsync(string key, byte[] content, CancellationToken cancellationToken) => s3.PutObjectAsync(
        new PutObjectRequest { BucketName = name, Key = key, InputStream = new MemoryStream(content, writable: false), UseChunkEncoding = false }, cancellationToken);

    private async Task<MemoryStream> ReadAsync(string key, CancellationToken cancellationToken)
    {
        using var answer = await s3.GetObjectAsync(name, key, cancellationToken);
        var bytes = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(bytes, cancellationToken);
        bytes.Position = 0;
        return bytes;
    }

    private static bool IsCompressed(byte[] content) => content is [0x1F, 0x8B, ..];
}

/// <param name="LastModified">Null if the service does not return it.</param>
internal sealed record StoredObject(string Key, long Size, DateTimeOffset? LastModified)
{
    public string Handle => Bucket.HandleOf(Key);
}
