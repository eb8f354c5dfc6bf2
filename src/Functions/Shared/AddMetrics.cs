using DataToEvents.Application.Signals;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Functions.Shared;

internal static class AddMetrics
{
    /// <summary>Metrics by way of the function's log, when <c>EMF_METRICS</c> is true.</summary>
    public static IServiceCollection AddMetricLog(this IServiceCollection services) => Setting.Switch("EMF_METRICS")
        ? services.AddSingleton<IReadingLog>(_ => new EmfLog(
            Console.OpenStandardOutput(), Setting.Required("AWS_LAMBDA_FUNCTION_NAME", "the function's name; Lambda sets it"), TimeProvider.System))
        : services;
}
