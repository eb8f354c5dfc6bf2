using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;
using DataToEvents.Functions.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Transformer;

/// <summary>What the function is made of but for its ports: on AWS <see cref="Startup"/> adds those, elsewhere the host does.</summary>
public static class UseCase
{
    // performance.md: 50 batches at 5 ms a call take 19 ms with 25 in flight; twice as many gain 5 ms and cost 25 more TLS connections at start.
    private static readonly LaneOptions Lanes = new(
        IEventQueue.MaxEntries, IEventQueue.MaxBytes, MaxCallsInFlight: 25, MaxAttempts: 6, FirstBackOff: TimeSpan.FromMilliseconds(50))
    {
        FirstCallsInFlight = 4,
    };

    public static IServiceCollection AddTransformer(this IServiceCollection services, EventCatalog catalog, TransformerOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(catalog)
        .AddSingleton(options)
        .AddSingleton<TransformRecords>()
        .AddSingleton<Function>();
}
