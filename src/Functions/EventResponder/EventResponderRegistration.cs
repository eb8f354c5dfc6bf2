using DataToEvents.Application.EventResponder;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataToEvents.Functions.EventResponder;

/// <summary>Registers the function and its use case. Ports come from <see cref="EventResponderStartup"/> on AWS, and from the host elsewhere.</summary>
public static class EventResponderRegistration
{
    public static IServiceCollection AddEventResponder(this IServiceCollection services, ResponderOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<RespondToEvent>()
            .AddSingleton<BrowseEvents>()
            .AddSingleton<EventResponderFunction>()
            .AddSingleton<EventResponderQueueFunction>()
            .AddSingleton<ApiFunction>();
    }
}
