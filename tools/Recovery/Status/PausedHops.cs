using DataToEvents.Recovery.Pausing;

namespace DataToEvents.Recovery.Status;

/// <summary>The hops that somebody paused, and those of which it cannot be known.</summary>
internal sealed class PausedHops(PathServices services)
{
    private static readonly PausableHop[] All = [PausableHop.Storer, PausableHop.Emitter, PausableHop.Consumer, PausableHop.Api];

    /// <summary>Empty when all of them run.</summary>
    public async Task<Listing> FindAsync(CancellationToken cancellationToken)
    {
        var paused = new Listing("paused", "hop", "state", "to let it go on");
        var switches = new HopSwitches(services);
        foreach (var hop in All)
        {
            var name = hop.ToString().ToLowerInvariant();
            try
            {
                if (await (await switches.FindAsync(hop, cancellationToken)).IsPausedAsync(cancellationToken))
                {
                    paused.Add(name, "paused", $"operator resume {name}");
                }
            }
            catch (UserErrorException)
            {
                // No function takes anything there, so that none can be paused.
            }
            catch (Amazon.Lambda.Model.ResourceNotFoundException)
            {
                // The function is not there either: a data directory without a host, or a consumer of another name.
            }
            catch (Amazon.Lambda.AmazonLambdaException refused)
            {
                paused.Add(name, $"not known: {refused.Message}", null);
            }
        }

        return paused;
    }
}
