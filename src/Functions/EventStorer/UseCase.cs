using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;
using DataToEvents.Functions.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.EventStorer;

/// <summary>What the function is made of but for its ports: on AWS <see cref="Startup"/> adds those, elsewhere the host does.</summary>
public static class UseCase
{
    // A FIFO batch is ten messages at most: if all are of different streams, one call.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.StoreEntries, MaxBytes: int.MaxValue, MaxCallsInFlight: 1, MaxAttempts: 4, FirstBackOff: TimeSpan.FromMilliseconds(50));

    public static IServiceCollection AddEventStorer(this IServiceCollection services, EventStorerOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(options)
        .AddSingleton<StoreEvents>()
        .AddSingleton<Function>();
}
