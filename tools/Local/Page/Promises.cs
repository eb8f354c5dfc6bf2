using System.Globalization;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Page;

/// <summary>The promises that can be read off the counts, in words.</summary>
internal static class Promises
{
    public static IReadOnlyList<PagePromise> Of(PathCounts counts) =>
    [
        Nothing(counts),
        new("Exactly one effect", "kept", Text($"{counts.Stored:N0} stored, {counts.Duplicates:N0} second copies recognised, {counts.Conflicts:N0} conflicts kept apart")),
        new("Poison stays local", "kept", Text($"{counts.Delivered:N0} delivered, {counts.Failed.Total:N0} set aside by name")),
    ];

    /// <summary>While records are under way they are neither lost nor there.</summary>
    private static PagePromise Nothing(PathCounts counts) => new(
        "Nothing is lost",
        counts.AllAccountedFor ? "kept" : counts.Pending > 0 ? "waiting" : "broken",
        counts.Pending > 0 ? Text($"{counts.Pending:N0} under way") : Text($"all {counts.Accepted:N0} accepted records are accounted for"));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
