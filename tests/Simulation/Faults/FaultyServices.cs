using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Objects;
using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.Faults;

/// <summary>A call by a service of the host: fails before or after it took effect, or does not come back because the host died.</summary>
internal sealed class ServiceCalls(Hop hop, FaultPlan plan, Life host)
{
    public async Task<T> CallAsync<T>(Func<Task<T>> effect)
    {
        await host.GoOnAsync();
        var fails = plan.Hits(Fault.ServiceCallFails, hop);
        if (fails && plan.Draw(2) == 0)
        {
            throw new TransientException($"{hop}: unavailable");
        }

        var result = await effect();
        await host.GoOnAsync();
        return fails ? throw new TransientException($"{hop}: connection reset") : result;
    }

    /// <exception cref="ServiceException">The place refuses for good.</exception>
    public void ThrowIfRefused(ReadOnlyMemory<byte> body, Action<ReadOnlyMemory<byte>> dropped)
    {
        if (!host.IsOver && plan.Hits(Fault.PlaceRefuses, hop))
        {
            dropped(body);
            throw new ServiceException("AccessDenied", $"{hop}: not authorized");
        }
    }

    public Task CallAsync(Func<Task> effect) => CallAsync(async () =>
    {
        await effect();
        return true;
    });
}

/// <summary>The delivery stream's bucket. Its objects outlive the host.</summary>
internal sealed class FaultyBucket(ObjectBucket inner, ServiceCalls calls) : ObjectBucket
{
    protected override Task StoreAsync(string key, ReadOnlyMemory<byte> body, IReadOnlyDictionary<string, string> headers, CancellationToken cancellationToken) =>
        calls.CallAsync(() => inner.PutAsync(key, body, headers, cancellationToken));

    protected override Task<byte[]?> LoadAsync(string key, CancellationToken cancellationToken) =>
        calls.CallAsync(() => inner.GetAsync(key, cancellationToken));

    protected override Task RemoveAsync(string key, CancellationToken cancellationToken) =>
        calls.CallAsync(() => inner.DeleteAsync(key, cancellationToken));

    protected override Task<IReadOnlyList<string>> KeysAsync(string prefix, CancellationToken cancellationToken) =>
        calls.CallAsync(() => inner.ListAsync(prefix, cancellationToken));
}

/// <param name="inner">The bucket that takes the objects.</param>
/// <param name="calls">The calls, which fail now and then.</param>
/// <param name="dropped">Gets the batches that are lost because the destination refused them.</param>
internal sealed class FaultyOnFailure(IOnFailureDestination inner, ServiceCalls calls, Action<ReadOnlyMemory<byte>> dropped) : IOnFailureDestination
{
    public Task WriteAsync(string key, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        calls.ThrowIfRefused(body, dropped);
        return calls.CallAsync(() => inner.WriteAsync(key, body, cancellationToken));
    }
}

/// <inheritdoc cref="FaultyOnFailure"/>
internal sealed class FaultyDeadLetters(IDeadLetterQueue inner, ServiceCalls calls, Action<ReadOnlyMemory<byte>> dropped) : IDeadLetterQueue
{
    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        calls.ThrowIfRefused(eventJson, dropped);
        return calls.CallAsync(() => inner.SendAsync(eventJson, attributes, cancellationToken));
    }
}
