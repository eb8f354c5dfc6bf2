namespace DataToEvents.Recovery.Failed;

/// <summary>Counts failed records by why they fail now; those that would pass, by the error that Firehose kept.</summary>
internal sealed class FailureReasons
{
    private readonly Dictionary<(string Now, string Reason), Group> _groups = [];

    public void Add(FailedRecord record, TrialVerdict verdict, StoredObject item)
    {
        var key = (verdict.Word, verdict.Reason ?? record.ErrorCode ?? "unknown");
        var group = _groups.GetValueOrDefault(key) ?? new Group(0, record.Arrival, record.Arrival, item.Handle);
        _groups[key] = group with
        {
            Records = group.Records + 1,
            First = record.Arrival < group.First ? record.Arrival : group.First,
            Last = record.Arrival > group.Last ? record.Arrival : group.Last,
        };
    }

    public Listing ToListing()
    {
        var listing = new Listing("reasons", "records", "now", "reason", "first arrival", "last arrival", "first object");
        foreach (var ((now, reason), group) in _groups.OrderByDescending(static group => group.Value.Records).ThenBy(static group => group.Key.Reason, StringComparer.Ordinal))
        {
            listing.Add(group.Records, now, reason, group.First, group.Last, group.Object);
        }

        return listing;
    }

    private sealed record Group(long Records, DateTimeOffset First, DateTimeOffset Last, string Object);
}
