using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests;

/// <summary>Keeps the events that it takes, in order. It fails as the test says, and may answer calls in another order.</summary>
internal sealed class FakeQueue(Func<DataEvent, Attempt>? fate = null) : IEventQueue
{
    public List<DataEvent> Taken { get; } = [];

    public int Calls { get; private set; }

    public bool SawTwoOfAStreamInACall { get; private set; }

    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        Calls++;
        SawTwoOfAStreamInACall |= batch.DistinctBy(item => item.Stream).Count() < batch.Count;
        var attempts = batch.Select(item => fate?.Invoke(item) ?? Attempt.Done).ToArray();
        lock (Taken)
        {
            Taken.AddRange(batch.Where((_, index) => attempts[index].Result == AttemptResult.Done));
        }

        await Task.Yield();
        return attempts;
    }
}

internal sealed class FakePayloadStore(Exception? fault = null) : IPayloadStore
{
    public List<byte[]> Stored { get; } = [];

    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken)
    {
        if (fault is not null)
        {
            throw fault;
        }

        Stored.Add(payload.ToArray());
        return Task.FromResult($"payloads/{Stored.Count}");
    }
}

internal sealed class HangingPayloadStore : IPayloadStore
{
    public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) =>
        new TaskCompletionSource<string>().Task.WaitAsync(cancellationToken);
}
