using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;
using DataToEvents.Functions.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Transformer;

/// <summary>What the function is made of but for its ports: on AWS <see cref="Startup"/> adds those, elsewhere the host does.</summary>
public static class UseCase
{
    // A batch of 500 records is 50 calls: all at once. A cold start does with few, because each costs its TLS handshake.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.QueueEntries, ServiceLimits.QueueBytes, MaxCallsInFlight: 50, MaxAttempts: 6, FirstBackOff: TimeSpan.FromMilliseconds(50))
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
