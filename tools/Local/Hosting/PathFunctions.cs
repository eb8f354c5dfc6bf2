using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda.Mappings;

namespace DataToEvents.Local.Hosting;

/// <summary>The four functions, one of them with two handlers, however they run. Those that are processes end when disposed.</summary>
internal sealed record PathFunctions(IFunction Transformer, IFunction EventStorer, IFunction IntegrationEventEmitter, IFunction EventResponder, IFunction HttpApi) : IAsyncDisposable
{
    /// <summary>Invocations of EventStorer that run at once.</summary>
    public int StorerInstances { get; init; } = new QueueEventSourceOptions().MaximumConcurrency;

    public PathFunctions Select(Func<IFunction, IFunction> around) => this with
    {
        Transformer = around(Transformer),
        EventStorer = around(EventStorer),
        IntegrationEventEmitter = around(IntegrationEventEmitter),
        EventResponder = around(EventResponder),
        HttpApi = around(HttpApi),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var process in new[] { Transformer, EventStorer, IntegrationEventEmitter, EventResponder, HttpApi }.OfType<IAsyncDisposable>())
        {
            await process.DisposeAsync();
        }
    }
}
