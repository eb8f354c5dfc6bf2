namespace DataToEvents.Recovery.Status;

/// <summary>Counts the events that the Transformer did not understand, as the running local host reports them. On AWS CloudWatch has the same counts.</summary>
/// <param name="host">Null where no local host runs.</param>
internal sealed class NotUnderstood(HostNumbers? host)
{
    /// <summary>What the summary calls them, and the Transformer's metrics.</summary>
    private static readonly (string Name, string Metric)[] Counts =
    [
        ("unclassified", "EventsUnclassified"), ("not_json", "EventsNotJson"), ("time_unusable", "TimesUnusable"), ("invalid_cloudevents", "CloudEventsInvalid"),
    ];

    public Listing Count()
    {
        var listing = new Listing("notUnderstood", "not understood", "events", "note");
        foreach (var (name, metric) in Counts)
        {
            var count = host?.Count(name);
            listing.Add(name, count, count is null ? $"only a running host tells; CloudWatch: {metric}" : count > 0 ? "since the host started; see `operator catalog check`" : null);
        }

        return listing;
    }
}
