namespace DataToEvents.Emulator.Objects;

/// <summary>A bucket for tests and simulations. It keeps a copy of each object.</summary>
public sealed class MemoryBucket : ObjectBucket
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, ObjectContent> _objects = new(ObjectKey.Order);

    protected override Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _objects[key] = new ObjectContent(body.ToArray(), DateTimeOffset.UnixEpoch, headers);
        }

        return Task.CompletedTask;
    }

    protected override async Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken) => (await LoadAllAsync(key, cancellationToken))?.Body;

    protected override Task<ObjectContent?> LoadAllAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_objects.TryGetValue(key, out var content) ? content with { Body = (byte[])content.Body.Clone() } : null);
        }
    }

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _objects.Remove(key);
        }

        return Task.CompletedTask;
    }

    protected override Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))]);
        }
    }
}
