using DataToEvents.Emulator.Objects;

namespace DataToEvents.Emulator.Tests.DeliveryStreams;

/// <summary>Stores an object and then hangs until it is stopped.</summary>
internal sealed class HangingBucket : ObjectBucket
{
    private readonly MemoryBucket _inner = new();

    public bool IsHanging { get; set; } = true;

    public List<string> Puts { get; } = [];

    protected override async Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken)
    {
        Puts.Add(key);
        await _inner.PutAsync(key, body, headers, cancellationToken);
        if (IsHanging)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
    }

    protected override Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken) => _inner.GetAsync(key, cancellationToken);

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) => _inner.DeleteAsync(key, cancellationToken);

    protected override Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken) => _inner.ListAsync(prefix, cancellationToken);
}
