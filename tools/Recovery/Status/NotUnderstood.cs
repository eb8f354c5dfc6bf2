namespace DataToEvents.Recovery.Status;

/// <summary>Counts the events that the Transformer did not understand, as the local host that runs tells them. On AWS CloudWatch has the same counts.</summary>
internal sealed class NotUnderstood(PathServices services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The host's counters and the Transformer's metrics, by what the summary calls them.</summary>
    private static readonly (string Name, string Counter, string Metric)[] Counts =
    [
        ("unclassified", "datatoevents_unclassified_total", "EventsUnclassified"),
        ("not_json", "datatoevents_not_json_total", "EventsNotJson"),
        ("time_unusable", "datatoevents_time_unusable_total", "TimesUnusable"),
        ("invalid_cloudevents", "datatoevents_invalid_cloudevents_total", "CloudEventsInvalid"),
    ];

    public async Task<Listing> CountAsync(CancellationToken cancellationToken)
    {
        var counters = await CountersAsync(cancellationToken);
        var listing = new Listing("notUnderstood", "not understood", "events", "note");
        foreach (var (name, counter, metric) in Counts)
        {
            var count = counters.GetValueOrDefault(counter);
            listing.Add(name, count, count is null ? $"only a running host tells; CloudWatch: {metric}" : count > 0 ? "since the host started; see `operator catalog check`" : null);
        }

        return listing;
    }

    /// <summary>What the host's page tells Prometheus; nothing where no such host runs.</summary>
    private async Task<Dictionary<string, long?>> CountersAsync(CancellationToken cancellationToken)
    {
        if (services.Endpoint is not { IsLoopback: true } endpoint)
        {
            return [];
        }

        using var http = new HttpClient { Timeout = Patience };
        using var answer = await http.GetAsync(new Uri(endpoint, "metrics"), cancellationToken);
        var text = answer.IsSuccessStatusCode ? await answer.Content.ReadAsStringAsync(cancellationToken) : "";
        return text.Split('\n').Select(static line => line.Split(' ')).Where(static words => words is [not "#", _]).DistinctBy(static words => words[0])
            .ToDictionary(static words => words[0], static words => long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : (long?)null);
    }
}
