using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Registers the function and its use case. Ports come from <see cref="IntegrationEventEmitterStartup"/> on AWS, and from the host elsewhere.</summary>
public static class IntegrationEventEmitterRegistration
{
    // A batch of 100 changes is ten calls: all at once.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.BusEntries, ServiceLimits.BusBytes, MaxCallsInFlight: 10, FirstBackOff: TimeSpan.FromMilliseconds(50))
    {
        FirstCallsInFlight = 4,
    };

    public static IServiceCollection AddIntegrationEventEmitter(this IServiceCollection services, EmitterOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(options)
        .AddSingleton<EmitIntegrationEvents>()
        .AddSingleton<IntegrationEventEmitterFunction>();
}
