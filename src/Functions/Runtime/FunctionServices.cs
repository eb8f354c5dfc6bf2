using DataToEvents.Application.Lanes;
using DataToEvents.Application.Signals;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataToEvents.Functions.Runtime;

/// <summary>Registers what several functions use.</summary>
public static class FunctionServices
{
    /// <summary>Registers lanes. Clock and randomness are the system's, unless the host has registered others.</summary>
    public static IServiceCollection AddStreamLanes(this IServiceCollection services, LaneOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => Random.Shared);
        return services.AddSingleton(provider => new StreamLanes(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Random>()));
    }

    /// <summary>Registers metrics in the function's log when the setting <c>EMF_METRICS</c> is true.</summary>
    public static IServiceCollection AddEmfMetrics(this IServiceCollection services) => Setting.Switch("EMF_METRICS")
        ? services.AddSingleton<IMetrics>(_ => new EmfMetrics(
            Console.OpenStandardOutput(), Setting.Required("AWS_LAMBDA_FUNCTION_NAME", "the function's name; Lambda sets it"), TimeProvider.System))
        : services;
}
