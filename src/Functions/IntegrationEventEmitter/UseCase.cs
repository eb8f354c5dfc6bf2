using DataToEvents.Adapters.Formats;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Functions.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>What the function is made of but for its ports: on AWS <see cref="Startup"/> adds those, elsewhere the host does.</summary>
public static class UseCase
{
    // A batch of 100 changes is ten calls: all at once.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.BusEntries, ServiceLimits.BusBytes, MaxCallsInFlight: 10, MaxAttempts: 6, FirstBackOff: TimeSpan.FromMilliseconds(50))
    {
        FirstCallsInFlight = 4,
    };

    public static IServiceCollection AddIntegrationEventEmitter(this IServiceCollection services, EmitterOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(options)
        .AddSingleton<EmitIntegrationEvents>()
        .AddSingleton<Function>();
}
