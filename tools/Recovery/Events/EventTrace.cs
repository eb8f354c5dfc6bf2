using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Events;

/// <summary>Where one event was seen, in the order of the path, and what follows from it.</summary>
internal sealed class EventTrace
{
    private readonly List<Sighting> _sightings;

    private EventTrace(IEnumerable<Sighting> sightings) => _sightings = [.. sightings.OrderBy(static sighting => sighting.Hop).ThenBy(static sighting => sighting.At)];

    /// <summary>The event as it was published or, where it was not, as it was seen last.</summary>
    public DataEvent Event => _sightings.LastOrDefault(static sighting => sighting.Hop is not PathHop.Quarantine)?.Event ?? _sightings[^1].Event;

    public IReadOnlyList<Sighting> Sightings => _sightings;

    /// <summary>Puts the sightings of each event together; the time of acceptance comes from the envelope.</summary>
    public static List<EventTrace> Of(IEnumerable<Sighting> sightings, ResourceNames names) =>
        [.. sightings.GroupBy(static sighting => (sighting.Event.Stream, sighting.Event.Key)).Select(group => new EventTrace([.. Accepted(group, names), .. group]))];

    /// <summary>One sentence: where the event is now.</summary>
    /// <param name="queue">What waits between Transformer and EventStorer.</param>
    public string State(QueueDepth queue)
    {
        if (Has(PathHop.View))
        {
            return "It was delivered to the consumer.";
        }

        var aside = _sightings.FindLast(static sighting => sighting.Hop is PathHop.ProcessingFailed or PathHop.DeadLetter or PathHop.OnFailure or PathHop.RuleDeadLetter);
        var wentOn = aside?.Hop is PathHop.OnFailure && Has(PathHop.Bus);
        if (aside is not null && !wentOn && (aside.Hop > PathHop.Store || !Has(PathHop.Store)))
        {
            return $"It lies in {aside.Place}, {aside.Note}";
        }

        if (Has(PathHop.Bus))
        {
            return "It was published, and the consumer has not taken it yet: the bus delivers it again, or the consumer leaves it out.";
        }

        if (Has(PathHop.Store))
        {
            return "It is stored, and the consumer has not taken it yet: it is on its way over the bus, or the consumer leaves it out.";
        }

        if (Has(PathHop.Quarantine) && !Has(PathHop.Lake))
        {
            return "Only its second content was seen, in quarantine.";
        }

        return queue.Total == 0
            ? $"It passed the Transformer and is not stored yet: only the lake has it, and the queue is empty. It is on its way between two hops, somebody holds its dead letter, or its message was deleted. If it stays so, `operator capture --source lake --stream '{Event.Stream}' --from TIME` writes it as a record that can be sent again."
            : $"It passed the Transformer and is not stored yet: it waits in the queue ({Units.Count(queue.Total, "message")}) or is on its way to the table.";
    }

    private bool Has(PathHop hop) => _sightings.Exists(sighting => sighting.Hop == hop);

    private static IEnumerable<Sighting> Accepted(IEnumerable<Sighting> seen, ResourceNames names) => seen
        .Where(static sighting => sighting.Hop != PathHop.Quarantine && sighting.Event.AcceptedAt is not null).Take(1)
        .Select(first => new Sighting(PathHop.Accepted, first.Event, first.Event.AcceptedAt, $"delivery stream {names.DeliveryStream}"));
}
