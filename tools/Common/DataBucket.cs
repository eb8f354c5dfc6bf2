using DataToEvents.Emulator.Objects;

namespace DataToEvents.Common;

/// <summary>The data directory as a bucket: only what lies below the known prefixes is there. Counts what goes into quarantine.</summary>
public sealed class DataBucket(ObjectBucket directory) : ObjectBucket
{
    private long _quarantined;

    public long Quarantined => Interlocked.Read(ref _quarantined);

    protected override async Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (!IsInside(key))
        {
            throw new ArgumentException($"The object key '{key}' begins with none of {string.Join(", ", Names.Prefixes)}: nothing else of a data directory is in its bucket.", nameof(key));
        }

        await directory.PutAsync(key, body, headers, cancellationToken);
        if (key.StartsWith(Names.QuarantinePrefix, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _quarantined);
        }
    }

    protected override Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken) =>
        IsInside(key) ? directory.GetAsync(key, cancellationToken) : Task.FromResult<byte[]?>(null);

    protected override Task<ObjectContent?> LoadAllAsync(string key, CancellationToken cancellationToken) =>
        IsInside(key) ? directory.ReadAsync(key, cancellationToken) : Task.FromResult<ObjectContent?>(null);

    protected override Task<string?> TagAsync(string key, CancellationToken cancellationToken) =>
        IsInside(key) ? directory.ETagAsync(key, cancellationToken) : Task.FromResult<string?>(null);

    protected override Task<ObjectInfo?> DescribeAsync(string key, CancellationToken cancellationToken) =>
        IsInside(key) ? directory.InfoAsync(key, cancellationToken) : Task.FromResult<ObjectInfo?>(null);

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        IsInside(key) ? directory.DeleteAsync(key, cancellationToken) : Task.CompletedTask;

    protected override async Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var inside in Names.Prefixes)
        {
            var narrower = inside.Length > prefix.Length ? inside : prefix;
            if (narrower.StartsWith(prefix, StringComparison.Ordinal) && narrower.StartsWith(inside, StringComparison.Ordinal))
            {
                keys.AddRange(await directory.ListAsync(narrower, cancellationToken));
            }
        }

        return keys;
    }

    private static bool IsInside(string key) => Names.Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));
}
