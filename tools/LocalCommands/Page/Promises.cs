using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Page;

/// <summary>Says which promises hold, as far as the counts show it.</summary>
internal static class Promises
{
    /// <param name="counts">Since the start.</param>
    /// <param name="inView">Events in the consumer's view, looked at first.</param>
    /// <param name="inStore">Events that the store ever took.</param>
    /// <param name="hostile">Records that the page fed to do harm.</param>
    /// <param name="followed">Delivered events that were looked at.</param>
    /// <param name="aside">What lies in the places of records that were set aside now: what was brought back is not among it.</param>
    public static IReadOnlyList<PagePromise> Of(PathCounts counts, long inView, long inStore, long hostile, FollowedEvents followed, long aside) =>
    [
        Bytes(followed),
        Nothing(counts, aside),
        new(
            "Exactly one effect",
            inView > inStore ? "broken" : "kept",
            Text($"{inStore:N0} stored, {inView:N0} in the consumer's view; {counts.Duplicates:N0} second copies recognised, {counts.Conflicts:N0} conflicts kept apart")),
        Order(followed),
        new("Poison stays local", "seen", Text($"{hostile:N0} hostile records fed, {counts.Failed.ProcessingFailed:N0} records set aside, {counts.Delivered:N0} events delivered all the same")),
    ];

    private static PagePromise Bytes(FollowedEvents followed) => new(
        "Bytes survive",
        followed.Altered > 0 ? "broken" : followed.Compared > 0 ? "kept" : "seen",
        followed.Altered > 0
            ? Text($"{followed.Altered:N0} of {followed.Compared:N0} delivered events have other bytes than the stored ones")
            : Text($"{followed.Compared:N0} delivered events compared with the stored ones, byte for byte"));

    /// <summary>Promised is the order in which events are stored and published. The bus may deliver them in another one.</summary>
    private static PagePromise Order(FollowedEvents followed) => new(
        "Order per stream",
        "seen",
        Text($"{followed.Streams:N0} streams followed; {followed.Late:N0} events came after a later one of their stream, because the bus keeps no order: dtesequence restores it"));

    /// <summary>Records that are under way are neither lost nor delivered.</summary>
    private static PagePromise Nothing(PathCounts counts, long aside) => new(
        "Nothing is lost",
        counts.AllAccountedFor || counts.Pending > 0 ? "kept" : "broken",
        counts.Pending > 0
            ? Text($"{counts.Pending:N0} of {counts.Accepted:N0} under way, {aside:N0} objects and messages lie in a named place")
            : Text($"all {counts.Accepted:N0} accepted records are accounted for, {aside:N0} objects and messages lie in a named place"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
