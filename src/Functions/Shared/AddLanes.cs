using DataToEvents.Application.Lanes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DataToEvents.Functions.Shared;

internal static class AddLanes
{
    /// <summary>Lanes with the given bounds; clock and randomness are the system's unless the host brings its own.</summary>
    public static IServiceCollection AddStreamLanes(this IServiceCollection services, LaneOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => Random.Shared);
        return services.AddSingleton(provider => new StreamLanes(
            options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<Random>()));
    }
}
