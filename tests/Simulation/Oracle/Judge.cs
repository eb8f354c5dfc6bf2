using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.Workload;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Oracle;

/// <summary>
/// The oracle. It knows what the producers sent and what each place has, and nothing of the way between. It runs once when the faults are
/// over and the path has drained, and once more, as <paramref name="final"/>, when operators have brought back all set-aside items.
/// </summary>
internal sealed class Judge(Ledger ledger, WorldPlaces places, Strangers strangers, Settings settings, FaultPlan plan, int notReplayed, ReachedStates reached, bool final)
{
    private const int DigitsOfNumber = 40;

    private readonly List<string> _violations = [];
    private readonly ILookup<string, Found> _stored = places.Store.ToLookup(item => item.Event.Content, item => item.Event);
    private readonly HashSet<string> _lake = Contents(places.Lake), _bus = Contents(places.Bus), _view = Contents(places.View.Select(item => item.Event));
    private readonly HashSet<string> _deadLetters = Contents(places.DeadLetters), _onFailure = Contents(places.OnFailure), _besideStrangers = Contents(places.BesideStrangers);
    private readonly HashSet<string> _ruleDeadLetters = Contents(places.RuleDeadLetters), _quarantine = Contents(places.Quarantine);
    private readonly HashSet<string> _dropped = Contents(places.Dropped);

    public IReadOnlyList<string> Violations()
    {
        BytesSurvive();
        NothingIsLost();
        OneEffect();
        InOrder();
        PoisonStaysLocal();
        reached.AddIf(places.ProcessingFailed.Any(sent => !sent.IsPoison), State.FirehoseGivesUp);
        reached.AddIf(places.LargestOnFailure > 1, State.ChangesGivenUpTogether);
        return _violations;
    }

    private void BytesSurvive()
    {
        foreach (var found in places.All)
        {
            var sent = ledger.Find(found.Content);
            Check(sent is not null, "altered", $"nobody sent what {found.Stream}/{found.Id} holds");
            Check(sent?.Stream is null || sent.Stream == found.Stream, "altered", $"{found.Id} is in stream {found.Stream}, not {sent?.Stream}");
            Check(sent is not { Id: not null, Stream: null } || !found.HasSubject, "altered", $"{found.Id} has a subject that nobody gave it");
            Check(sent?.Id is null || sent.Id == found.Id || sent.ReleasedId == found.Id, "altered", $"{sent?.Id} has become {found.Id}");
            Check(sent is null || sent.Number == found.Number, "altered", $"{found.Id} has the number {found.Number}, not its producer's {sent?.Number}");
        }
    }

    private void NothingIsLost()
    {
        foreach (var sent in ledger.Events.Where(sent => sent.Accepted > 0))
        {
            var (name, failed, stored) = (sent.Content, places.ProcessingFailed.Contains(sent), _stored.Contains(sent.Content));
            Check(stored || failed || _deadLetters.Contains(name) || _quarantine.Contains(name), "lost", $"{sent.Name} is neither stored nor set aside");
            Check(!stored || _bus.Contains(name) || _onFailure.Contains(name) || _besideStrangers.Contains(name) || _dropped.Contains(name), "lost", $"{sent.Name} is stored, and neither published nor set aside");
            Check(!_bus.Contains(name) || _view.Contains(name) || _ruleDeadLetters.Contains(name) || _dropped.Contains(name), "lost", $"{sent.Name} is published, and neither delivered nor set aside");
            Check(failed || _lake.Contains(name), "lost", $"{sent.Name} is neither in the lake nor among the failed");
            Check(!final || sent.IsPoison || _quarantine.Contains(name) || (_view.Contains(name) && stored), "lost", $"{sent.Name} did not come back");
        }

        Check(notReplayed == 0, "lost", $"the archive left out {notReplayed} of the events that were published in the window of a replay");
        Check(places.Strangers.Messages >= strangers.Messages, "lost", $"{places.Strangers.Messages} of {strangers.Messages} strange messages are in the dead-letter queue");
        Check(places.Strangers.Items >= strangers.Items, "lost", $"{places.Strangers.Items} of {strangers.Items} strange items are on-failure");
        Check(places.Strangers.Events >= strangers.Events, "lost", $"{places.Strangers.Events} of {strangers.Events} strange events are in the rule's dead-letter queue");
    }

    private void OneEffect()
    {
        foreach (var sent in ledger.Events)
        {
            var items = _stored[sent.Content].Count();
            var (least, most) = sent.Id is null ? (final ? sent.Milliseconds.Count : 0, sent.Accepted + sent.Uncertain) : (0, sent.ReleasedId is null ? 1 : 2);
            Check(items <= most, "doubled", $"{sent.Name} is stored {items} times");
            Check(items >= least, "lost", $"{sent.Name} was accepted at {least} times and is stored {items} times");
        }

        var viewed = places.View.Select(item => item.Event.Key).ToList();
        Check(viewed.Distinct().Count() == viewed.Count, "doubled", "the consumer saw an event twice");
        Check(viewed.GroupBy(item => item.Stream).All(stream => places.Streams[stream.Key].Events == stream.Count()), "doubled", "the consumer counted an event twice");
        Check(!final || viewed.ToHashSet().SetEquals(places.Store.Select(item => item.Event.Key)), "lost", "the consumer has other events than the store");
        Check(places.Quarantine.All(found => places.Store.Any(item => item.Event.Key == found.Key && item.Event.Content != found.Content)),
            "misplaced", "something in quarantine conflicts with nothing");
    }

    /// <summary>Records keep the order in which they arrived up to the queue when one Transformer runs at a time, and from the queue on always.</summary>
    private void InOrder()
    {
        var sequences = places.Store.ToDictionary(item => item.Event.Key, item => item.Sequence);
        foreach (var stream in places.Store.GroupBy(item => item.Event.Stream))
        {
            var inQueuesOrder = stream.OrderBy(item => item.Sequence, StringComparer.Ordinal).Select(item => item.Event).ToList();
            var inversion = Inversion(inQueuesOrder, "stored", static (_, sent) => sent.Arrival ?? "");
            Check(inversion is null || settings.TransformsAtOnce > 1, "misordered", inversion);
            reached.AddIf(inversion is not null, State.BatchesPassEachOther);
            var latest = stream.OrderBy(PlaceInStream, StringComparer.Ordinal).Select(item => item.Event).LastOrDefault(found => _view.Contains(found.Content));
            Check(!final || latest == places.Streams.GetValueOrDefault(stream.Key).Latest, "misordered", $"the consumer's latest of {stream.Key} is not {latest?.Id}");
        }

        var viewed = places.View.ToLookup(item => item.Event.Stream);
        foreach (var (stream, history) in places.Histories)
        {
            Check(
                history.SequenceEqual(viewed[stream].OrderBy(PlaceInStream, StringComparer.Ordinal).Select(item => item.Sequence)),
                "misordered", $"the consumer's history of {stream} is not its order");
        }

        if (settings.GivesUpOrderOnBus)
        {
            return;
        }

        foreach (var stream in places.Bus.DistinctBy(found => found.Key).GroupBy(found => found.Stream))
        {
            var inversion = Inversion(stream, "published", (found, _) => sequences.GetValueOrDefault(found.Key) ?? "");
            Check(inversion is null, "misordered", inversion);
        }
    }

    /// <summary>The consumer orders by the producer's number first, and then as the queue does. What has no number comes first.</summary>
    private string PlaceInStream((Found Event, string Sequence) item) =>
        (ledger.Find(item.Event.Content)?.Number is { } number ? $"1{number.PadLeft(DigitsOfNumber, '0')}" : "0") + item.Sequence.PadLeft(DigitsOfNumber, '0');

    /// <summary>What was set aside went out of its place in line; what was accepted twice, or nobody knows when, has no one place.</summary>
    /// <returns>Two events that are not in order; null: all are.</returns>
    private string? Inversion(IEnumerable<Found> stream, string done, Func<Found, Sent, string> placeOf)
    {
        (Sent Sent, string Place)? before = null;
        foreach (var found in stream)
        {
            if (ledger.Find(found.Content) is { WasSetAside: false, Uncertain: 0 } sent && (sent.Id is not null || sent.Accepted == 1))
            {
                var place = placeOf(found, sent);
                if (before is { } earlier && string.CompareOrdinal(earlier.Place, place) > 0)
                {
                    return $"{sent.Name} was {done} after {earlier.Sent.Name}, which came later";
                }

                before = (sent, place);
            }
        }

        return null;
    }

    /// <summary>
    /// In a run without faults, or with faults of known victims, only poison and victims are set aside, what stands behind them in their own streams, and what came in
    /// one record with those: an outage that is shorter than the path's patience harms nobody.
    /// </summary>
    private void PoisonStaysLocal()
    {
        var harmed = ledger.Events.Where(sent => sent.IsPoison).Select(sent => sent.Stream).Concat(strangers.HarmedStreams).Concat(plan.Victims).ToHashSet();
        var sameRecord = ledger.Records.Where(record => record.Events.Any(sent => harmed.Contains(sent.Stream))).SelectMany(record => record.Events).ToHashSet();
        var knowsVictims = plan.Injected == 0 || plan.FaultMix == FaultMix.OfKnownVictims;
        var spread = ledger.Events.FirstOrDefault(sent =>
            sent.WasSetAside && !sent.IsPoison && !harmed.Contains(sent.Stream) && !sameRecord.Contains(sent) && !_quarantine.Contains(sent.Content) && sent.ReleasedId is null);
        Check(!knowsVictims || spread is null, "spread", $"{spread?.Name} was set aside and has no fault of its own");
        var piece = settings.StreamSource.SmallestPiece;
        Check(places.LargestOnFailure <= piece, "spread", $"an on-failure object holds {places.LargestOnFailure} changes, where Lambda halves down to {piece}");
        Check(!final || places.ProcessingFailed.All(sent => sent.IsPoison), "stuck", "something besides poison is among the failed");
        Check(!final || _deadLetters.Count + _onFailure.Count + _ruleDeadLetters.Count == 0, "stuck", "something besides strangers is still set aside");
    }

    private void Check(bool holds, string kind, string? violation)
    {
        if (!holds)
        {
            _violations.Add($"{kind}: {violation}");
        }
    }

    private static HashSet<string> Contents(IEnumerable<Found> found) => [.. found.Select(item => item.Content)];
}
