using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Workload;

namespace DataToEvents.Simulation.Oracle;

/// <summary>Checks that, while one stream or one service fails, all work for the other streams and all work before that service is done.</summary>
internal static class Liveness
{
    /// <returns>An event that is not done; null when all are.</returns>
    public static Sent? Unfinished(Ledger ledger, WorldPlaces places, Strangers strangers, (Hop Hop, string? Stream) failing)
    {
        var done = Before(failing, places).Select(found => found.Content).ToHashSet();
        return ledger.Events.FirstOrDefault(sent => sent.Accepted > 0 && !sent.IsPoison && !done.Contains(sent.Content)
            && (sent.Stream is null || (sent.Stream != failing.Stream && !strangers.HarmedStreams.Contains(sent.Stream)))
            && !places.ProcessingFailed.Contains(sent) && places.Quarantine.TrueForAll(found => found.Content != sent.Content));
    }

    private static IEnumerable<Found> Before((Hop Hop, string? Stream) failing, WorldPlaces places) => failing switch
    {
        { Stream: not null } => places.View.Select(item => item.Event),
        { Hop: Hop.View } => places.Bus,
        { Hop: Hop.Bus } => places.Store.Select(item => item.Event),
        _ => places.Lake,
    };
}
