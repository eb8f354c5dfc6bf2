using DataToEvents.Recovery.Pausing;

namespace DataToEvents.Recovery.Status;

/// <summary>The hops that are paused, and those whose state cannot be read.</summary>
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
                // No function reads from there, so there is nothing to pause.
            }
            catch (Amazon.Lambda.Model.ResourceNotFoundException)
            {
                // There is no such function: a data directory without a host, or a consumer of another name.
            }
            catch (Amazon.Lambda.AmazonLambdaException refused)
            {
                paused.Add(name, $"not known: {refused.Message}", null);
            }
        }

        return paused;
    }
}
