using DataToEvents.Application.EventResponder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataToEvents.Functions.EventResponder;

/// <summary>What the function is made of but for its ports: on AWS <see cref="Startup"/> adds them, elsewhere the host does.</summary>
public static class UseCase
{
    public static IServiceCollection AddEventResponder(this IServiceCollection services, ResponderOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(options)
            .AddSingleton<RespondToEvent>()
            .AddSingleton<BrowseEvents>()
            .AddSingleton<Function>()
            .AddSingleton<ApiFunction>();
    }
}
