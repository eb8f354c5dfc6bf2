using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Functions.Transformer;

/// <summary>Registers the function and its use case. Ports come from <see cref="TransformerStartup"/> on AWS, and from the host elsewhere.</summary>
public static class TransformerRegistration
{
    // A batch of 500 records is 50 calls: all at once. A cold start does with few, because each costs its TLS handshake.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.QueueEntries, ServiceLimits.QueueBytes, MaxCallsInFlight: 50, FirstBackOff: TimeSpan.FromMilliseconds(50))
    {
        FirstCallsInFlight = 4,
    };

    public static IServiceCollection AddTransformer(this IServiceCollection services, EventCatalog catalog, TransformerOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(catalog)
        .AddSingleton(options)
        .AddSingleton<TransformRecords>()
        .AddSingleton<TransformerFunction>();
}
