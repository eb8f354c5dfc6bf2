namespace DataToEvents.Emulator.Objects;

/// <summary>Lets one caller at a time work on a key. Some keys share a lock.</summary>
internal sealed class KeyLocks
{
    // Without a wait handle they hold nothing to dispose.
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Waits for the key.</summary>
    /// <returns>Dispose it to let the next caller work.</returns>
    public async Task<IDisposable> TakeAsync(string key, CancellationToken cancellationToken)
    {
        var gate = _locks[(uint)string.GetHashCode(key, StringComparison.Ordinal) % _locks.Length];
        await gate.WaitAsync(cancellationToken);
        return new Holder(gate);
    }

    private sealed class Holder(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
