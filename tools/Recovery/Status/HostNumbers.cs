namespace DataToEvents.Recovery.Status;

/// <summary>What a local host knows of its path and no service's call shows: the numbers of its <c>/metrics</c>.</summary>
internal sealed class HostNumbers
{
    private const string Prefix = "datatoevents_";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>The numbers that page, summary and metrics share (docs/signals.md), with what each counts.</summary>
    private static readonly (string Name, string Unit)[] Shared =
    [
        ("accepted", "records"), ("stored", "events"), ("published", "events"), ("published_again", "events"), ("delivered", "events"), ("replays", "events"), ("duplicates", "second copies"), ("conflicts", "events"),
    ];

    private readonly Dictionary<string, double> _values;

    private HostNumbers(Dictionary<string, double> values) => _values = values;

    /// <summary>The numbers since the host started, and since its data directory began.</summary>
    public IEnumerable<(string Name, string Unit, long Count, long? Ever)> SinceStart =>
        Shared.Where(shared => Count(shared.Name) is not null).Select(shared => (shared.Name, shared.Unit, Count(shared.Name)!.Value, Value($"ever{{number=\"{shared.Name}\"}}")));

    /// <summary>Failures of all hops.</summary>
    public (long SinceStart, long LastMinute) Errors => (Sum("hop_errors_total{"), Sum("hop_errors_last_minute{"));

    /// <returns>Null where no local host answers: an emulator by others, or a data directory without a host.</returns>
    public static async Task<HostNumbers?> ReadAsync(Uri? endpoint, CancellationToken cancellationToken)
    {
        if (endpoint is not { IsLoopback: true })
        {
            return null;
        }

        using var client = new HttpClient { Timeout = Patience };
        using var response = await client.GetAsync(new Uri(endpoint, "/metrics"), cancellationToken);
        var values = response.IsSuccessStatusCode ? Parse(await response.Content.ReadAsStringAsync(cancellationToken)) : [];
        return values.Count > 0 ? new HostNumbers(values) : null;
    }

    /// <returns>Null where the host does not count it.</returns>
    public long? Count(string name) => _values.TryGetValue($"{name}_total", out var count) ? (long)count : null;

    /// <param name="hop">The hop's short name on the page.</param>
    /// <returns>Null if the host does not report it.</returns>
    public (long Depth, TimeSpan Age)? Waiting(string hop) => _values.TryGetValue($"hop_depth{{hop=\"{hop}\"}}", out var depth)
        ? ((long)depth, TimeSpan.FromSeconds(_values.GetValueOrDefault($"hop_age_seconds{{hop=\"{hop}\"}}")))
        : null;

    private long? Value(string name) => _values.TryGetValue(name, out var value) ? (long)value : null;

    private long Sum(string beginning) => (long)_values.Where(value => value.Key.StartsWith(beginning, StringComparison.Ordinal)).Sum(static value => value.Value);

    /// <summary>Lines of Prometheus' text format; others are left out.</summary>
    private static Dictionary<string, double> Parse(string text)
    {
        var values = new Dictionary<string, double>();
        foreach (var line in text.Split('\n').Where(static line => line.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var end = line.LastIndexOf(' ');
            if (double.TryParse(line.AsSpan(end + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                values[line[Prefix.Length..end]] = value;
            }
        }

        return values;
    }
}
