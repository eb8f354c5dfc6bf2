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
            Text($"{inStore:N0} stored, {inView:N0} in the consumer's view; {counts.Duplicates:N0} second copies recognised, {counts.Conflicts:N0} conflicts kept apart")),
        Order(followed),
        Poison(poison.Fed, poison.Neighbours),
    ];

    private static PagePromise Bytes(FollowedEvents followed) => new(
        "Bytes survive",
        followed.Altered > 0 ? "broken" : followed.Compared > 0 ? "kept" : "seen",
        followed.Altered > 0
            ? Text($"{followed.Altered:N0} of {followed.Compared:N0} delivered events have other bytes than the stored ones")
            : Text($"{followed.Compared:N0} delivered events compared with the stored ones, byte for byte"));

    /// <summary>
    /// Promised is the order in which events are stored and first published. The page sees the first by the items' times. The emitter publishes in the order of the store, which
    /// nothing here can see; the bus may deliver in another order.
    /// </summary>
    internal static PagePromise Order(FollowedEvents followed) => new(
        "Order per stream",
        followed.Misplaced > 0 ? "broken" : followed.Pairs > 0 ? "kept" : "seen",
        followed.Misplaced > 0
            ? Text($"in {followed.Misplaced:N0} of {followed.Pairs:N0} pairs the event that came to the queue later was stored first")
            : followed.Pairs > 0
                ? Text($"{followed.Pairs:N0} pairs of events of {followed.Streams:N0} streams were stored in the queue's order; {followed.Late:N0} came late from the bus, which keeps no order: dtesequence restores it")
                : Text($"not judged yet: it takes two events of one stream; {followed.Streams:N0} streams followed"));

    /// <summary>A good record that came in one batch with hostile ones must be stored like any other.</summary>
    internal static PagePromise Poison(long hostile, PoisonNeighbours neighbours) => new(
        "Poison stays local",
        neighbours.Lost > 0 ? "broken" : neighbours.Stored > 0 ? "kept" : "seen",
        neighbours.Lost > 0
            ? Text($"{neighbours.Lost:N0} good records that came in one batch with hostile ones are not in the store")
            : hostile == 0
                ? "not judged yet: nothing hostile was fed; the switch Poison feeds some, and good records among them"
                : Text($"{neighbours.Stored:N0} good records stored that came in one batch with hostile ones; {hostile:N0} hostile records fed"));

    /// <summary>Records that are under way are neither lost nor delivered.</summary>
    private static PagePromise Nothing(PathCounts counts, long aside) => new(
        "Nothing is lost",
        counts.AllAccountedFor || counts.Pending > 0 ? "kept" : "broken",
        counts.Pending > 0
            ? Text($"{counts.Pending:N0} of {counts.Accepted:N0} under way, {aside:N0} objects and messages lie in a named place")
            : Text($"all {counts.Accepted:N0} accepted records are accounted for, {aside:N0} objects and messages lie in a named place"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
