namespace DataToEvents.Emulator.Tables;

/// <summary>The state of a table, and what happened since it was opened.</summary>
/// <param name="Items">Items in the table.</param>
/// <param name="Inserted">New items.</param>
/// <param name="Existing">Puts of an item that was there already and stayed as it was.</param>
/// <param name="Modified">Items replaced.</param>
/// <param name="Removed">Items deleted by users.</param>
/// <param name="Expired">Items deleted because their time to live was over.</param>
public sealed record TableStats(long Items, long Inserted, long Existing, long Modified, long Removed, long Expired)
{
    internal TableStats After(List<ChangeRecord> changes, int existing)
    {
        var inserted = changes.Count(static change => change.Kind == ChangeKind.Insert);
        var modified = changes.Count(static change => change.Kind == ChangeKind.Modify);
        var expired = changes.Count(static change => change.ByTimeToLive);
        var removed = changes.Count - inserted - modified - expired;
        return new TableStats(Items + inserted - removed - expired, Inserted + inserted, Existing + existing, Modified + modified, Removed + removed, Expired + expired);
    }
}
