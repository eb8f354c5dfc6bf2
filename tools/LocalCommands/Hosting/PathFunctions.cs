using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;

namespace DataToEvents.Local.Hosting;

/// <summary>The four functions, one of them with two handlers, however they run. Those that are processes end when disposed.</summary>
internal sealed record PathFunctions(IInvocable Transformer, IInvocable EventStorer, IInvocable IntegrationEventEmitter, IInvocable EventResponder, IInvocable HttpApi) : IAsyncDisposable
{
    /// <summary>Invocations of EventStorer that run at once.</summary>
    public int StorerInstances { get; init; } = new QueueEventSourceOptions().MaximumConcurrency;

    /// <summary>Consumers of the user's own.</summary>
    public IReadOnlyList<IInvocable> Consumers { get; init; } = [];

    public PathFunctions Select(Func<IInvocable, IInvocable> around) => this with
    {
        Transformer = around(Transformer),
        EventStorer = around(EventStorer),
        IntegrationEventEmitter = around(IntegrationEventEmitter),
        EventResponder = around(EventResponder),
        HttpApi = around(HttpApi),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { Transformer, EventStorer, IntegrationEventEmitter, EventResponder, HttpApi }.Concat(Consumers).OfType<IAsyncDisposable>())
        {
            await process.DisposeAsync();
        }
    }
}
