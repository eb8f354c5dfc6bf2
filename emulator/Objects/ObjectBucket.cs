using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Objects;

/// <summary>An S3 bucket: whole objects under keys, in the order of their keys' UTF-8 bytes.</summary>
public abstract class ObjectBucket
{
    /// <summary>Stores an object, replacing one of the same key. Completes when it is durable; readers see all of it or the one before.</summary>
    /// <exception cref="ArgumentException">The key is not valid, see <see cref="ObjectKey.Check"/>.</exception>
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        PutAsync(key, body, ObjectContent.NoHeaders, cancellationToken);

    /// <summary>Stores an object with headers. Readers see the object and its headers, or the object and the headers from before.</summary>
    /// <param name="headers">Header names and values without line breaks: what a response with this object has beside what follows from the content.</param>
    /// <exception cref="ArgumentException">The key is not valid, see <see cref="ObjectKey.Check"/>.</exception>
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken = default) =>
        StoreAsync(ObjectKey.Check(key), body, headers, cancellationToken);

    /// <returns>The object's bytes, or null when there is none.</returns>
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default) =>
        LoadAsync(ObjectKey.Check(key), cancellationToken);

    /// <returns>The object with its headers, or null when there is none.</returns>
    public Task<ObjectContent?> ReadAsync(string key, CancellationToken cancellationToken = default) =>
        LoadAllAsync(ObjectKey.Check(key), cancellationToken);

    /// <returns>The object's entity tag without quotes, or null when there is none.</returns>
    public Task<string?> ETagAsync(string key, CancellationToken cancellationToken = default) =>
        TagAsync(ObjectKey.Check(key), cancellationToken);

    /// <returns>Length and time of the object, or null when there is none.</returns>
    public Task<ObjectInfo?> InfoAsync(string key, CancellationToken cancellationToken = default) =>
        DescribeAsync(ObjectKey.Check(key), cancellationToken);

    public async Task<bool> ExistsAsync(string key, CancellationToken cancellationToken = default) => await InfoAsync(key, cancellationToken) is not null;

    /// <summary>Removes an object; as in S3 it is no error when there is none.</summary>
    public Task DeleteAsync(string key, CancellationToken cancellationToken = default) =>
        RemoveAsync(ObjectKey.Check(key), cancellationToken);

    /// <summary>All keys that begin with <paramref name="prefix"/>, in order.</summary>
    public Task<IReadOnlyList<string>> ListAsync(string prefix = "", CancellationToken cancellationToken = default) =>
        KeysAsync(prefix, cancellationToken);

    protected abstract Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken);

    protected abstract Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken);

    protected virtual async Task<ObjectContent?> LoadAllAsync(string key, CancellationToken cancellationToken) =>
        await LoadAsync(key, cancellationToken) is { } body ? new ObjectContent(body, DateTimeOffset.UnixEpoch, ObjectContent.NoHeaders) : null;

    protected virtual async Task<string?> TagAsync(string key, CancellationToken cancellationToken) => (await LoadAllAsync(key, cancellationToken))?.ETag;

    protected virtual async Task<ObjectInfo?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        await LoadAsync(key, cancellationToken) is { } body ? new ObjectInfo(body.Length, DateTimeOffset.UnixEpoch) : null;

    protected abstract Task RemoveAsync(string key, CancellationToken cancellationToken);

    protected abstract Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>An object's key, size and times, without its content.</summary>
/// <param name="Bytes">The object's length.</param>
/// <param name="Modified">When the object was put; the epoch if the bucket does not know it.</param>
public sealed record ObjectInfo(long Bytes, DateTimeOffset Modified);

/// <summary>An object as one put stored it.</summary>
/// <param name="Body">The content.</param>
/// <param name="Modified">When the object was put; the epoch if the bucket does not know it.</param>
/// <param name="Headers">The headers that were put with it.</param>
public sealed record ObjectContent(byte[] Body, DateTimeOffset Modified, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>The name of the header that replaces the entity tag. Only an object of several parts has it.</summary>
    public const string ETagHeader = "ETag";

    public static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    /// <summary>The entity tag without quotes.</summary>
    public string ETag => Headers.TryGetValue(ETagHeader, out var tag) ? tag : Md5(Body);

    /// <returns>The entity tag of content that was put at once: its MD5 in hexadecimal digits.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "S3's entity tags are MD5; they protect nothing.")]
    public static string Md5(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(MD5.HashData(content));
}
