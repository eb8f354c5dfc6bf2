using DataToEvents.Adapters.Formats;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Functions.EventStorer;

/// <summary>Registers the function and its use case. Ports come from <see cref="EventStorerStartup"/> on AWS, and from the host elsewhere.</summary>
public static class EventStorerRegistration
{
    // A FIFO batch is ten messages at most: if all are of different streams, one call.
    private static readonly LaneOptions Lanes = new(
        ServiceLimits.StoreEntries, MaxBytes: int.MaxValue, MaxCallsInFlight: 1, FirstBackOff: TimeSpan.FromMilliseconds(50));

    public static IServiceCollection AddEventStorer(this IServiceCollection services, EventStorerOptions options) => services
        .AddStreamLanes(Lanes)
        .AddSingleton(options)
        .AddSingleton<StoreEvents>()
        .AddSingleton<EventStorerFunction>();
}
