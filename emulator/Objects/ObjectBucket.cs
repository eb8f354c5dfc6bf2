namespace DataToEvents.Emulator.Objects;

/// <summary>An S3 bucket: whole objects under keys, in the order of their keys' UTF-8 bytes.</summary>
public abstract class ObjectBucket
{
    /// <summary>Stores an object, replacing one of the same key. Completes when it is durable; readers see all of it or the one before.</summary>
    /// <exception cref="ArgumentException">The key is not valid, see <see cref="ObjectKey.Check"/>.</exception>
    public Task PutAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        StoreAsync(ObjectKey.Check(key), body, cancellationToken);

    /// <returns>The object's bytes, or null when there is none.</returns>
    public Task<byte[]?> GetAsync(string key, CancellationToken cancellationToken = default) =>
        LoadAsync(ObjectKey.Check(key), cancellationToken);

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

    protected abstract Task StoreAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);

    protected abstract Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken);

    protected virtual async Task<ObjectInfo?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        await LoadAsync(key, cancellationToken) is { } body ? new ObjectInfo(body.Length, DateTimeOffset.UnixEpoch) : null;

    protected abstract Task RemoveAsync(string key, CancellationToken cancellationToken);

    protected abstract Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken);
}

/// <summary>What a bucket tells of an object without its content.</summary>
/// <param name="Bytes">The object's length.</param>
/// <param name="Modified">When the object was put; the epoch if the bucket does not know it.</param>
public sealed record ObjectInfo(long Bytes, DateTimeOffset Modified);
