using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Page;

/// <summary>Says which promises hold, as far as the counts show it.</summary>
internal static class Promises
{
    /// <param name="counts">Since the start.</param>
    /// <param name="inView">Events in the consumer's view, looked at first.</param>
    /// <param name="inStore">Events that the store ever took.</param>
    /// <param name="poison">What the page fed to do harm.</param>
    /// <param name="followed">Delivered events that were looked at.</param>
    /// <param name="aside">What lies in the places of records that were set aside now: what was brought back is not among it.</param>
    public static IReadOnlyList<PagePromise> Of(PathCounts counts, long inView, long inStore, PoisonFeed poison, FollowedEvents followed, long aside) =>
    [
        Bytes(followed),
        Nothing(counts, aside),
        new(
            "Exactly one effect",
            inView > inStore ? "broken" : "kept",
            Text($"{inStore:N0} stored, {inView:N0} in the consumer's view; {Units.Count(counts.Duplicates, "second copy", "second copies")} recognised, {Units.Count(counts.Conflicts, "conflict")} kept apart")),
        Order(followed),
        Poison(poison.Fed, poison.Neighbours),
    ];

    private static PagePromise Bytes(FollowedEvents followed) => new(
        "Bytes survive",
        followed.Altered > 0 ? "broken" : followed.Compared > 0 ? "kept" : "seen",
        followed.Altered > 0
            ? Text($"other bytes than the stored ones: {followed.Altered:N0} of {Units.Count(followed.Compared, "delivered event")}")
            : $"{Units.Count(followed.Compared, "delivered event")} compared with the stored ones, byte for byte");

    /// <summary>
    /// Promised is the order in which events are stored and first published. The page sees the first by the items' times. The emitter publishes in the order of the store, which
    /// nothing here can see; the bus may deliver in another order.
    /// </summary>
    internal static PagePromise Order(FollowedEvents followed) => new(
        "Order per stream",
        followed.Misplaced > 0 ? "broken" : followed.Pairs > 0 ? "kept" : "seen",
        followed.Misplaced > 0
            ? Text($"in {followed.Misplaced:N0} of {Units.Count(followed.Pairs, "pair")} the event that came to the queue later was stored first")
            : followed.Pairs > 0
                ? Text($"{Units.Count(followed.Pairs, "pair")} of events of {Units.Count(followed.Streams, "stream")} stored in the queue's order; {followed.Late:N0} came late from the bus, which keeps no order: dtesequence restores it")
                : $"not judged yet: it takes two events of one stream; {Units.Count(followed.Streams, "stream")} followed");

    /// <summary>A good record that came in one batch with hostile ones must be stored like any other.</summary>
    internal static PagePromise Poison(long hostile, PoisonNeighbours neighbours) => new(
        "Poison stays local",
        neighbours.Lost > 0 ? "broken" : neighbours.Stored > 0 ? "kept" : "seen",
        neighbours.Lost > 0
            ? $"not in the store: {Units.Count(neighbours.Lost, "good record")} that came in one batch with hostile ones"
            : hostile == 0
                ? "not judged yet: nothing hostile was fed; the switch Poison feeds some, and good records among them"
                : $"{Units.Count(neighbours.Stored, "good record")} stored that came in one batch with hostile ones; {Units.Count(hostile, "hostile record")} fed");

    /// <summary>Records that are under way are neither lost nor delivered.</summary>
    private static PagePromise Nothing(PathCounts counts, long aside) => new(
        "Nothing is lost",
        counts.AllAccountedFor || counts.Pending > 0 ? "kept" : "broken",
        counts.Pending > 0
            ? Text($"{counts.Pending:N0} of {counts.Accepted:N0} under way, {Aside(aside)}")
            : $"{Units.Count(counts.Accepted, "accepted record is", "accepted records are all")} accounted for, {Aside(aside)}");

    private static string Aside(long count) => $"{Units.Count(count, "object or message lies", "objects and messages lie")} in a named place";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
