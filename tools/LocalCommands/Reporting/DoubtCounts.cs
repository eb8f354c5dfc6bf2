using DataToEvents.Application.Signals;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Local.Reporting;

/// <summary>
/// Adds up what the Transformer did not understand. A Transformer in this process reports its metrics here. A Transformer in its own process writes them into its log,
/// as it does on AWS; they are read from there, and the log is shown without them unless the user asked for them.
/// </summary>
internal sealed class DoubtCounts(IFunctionLog log, bool keepsLines) : IMetrics, IFunctionLog
{
    private const string EmbeddedMetrics = "{\"_aws\":";
    private const string Transformer = "Transformer";

    private static readonly string[] Names =
    [
        PathSignals.EventsUnclassified.Name, PathSignals.EventsNotJson.Name, PathSignals.TimesUnusable.Name, PathSignals.CloudEventsInvalid.Name,
    ];

    private readonly long[] _counts = new long[Names.Length];

    public long Unclassified => Volatile.Read(ref _counts[0]);

    public long NotJson => Volatile.Read(ref _counts[1]);

    public long TimeUnusable => Volatile.Read(ref _counts[2]);

    public long InvalidCloudEvents => Volatile.Read(ref _counts[3]);

    public void Write(IReadOnlyList<Reading> readings)
    {
        foreach (var (signal, value) in readings)
        {
            Add(signal.Name, value);
        }
    }

    public void Write(string functionName, string line)
    {
        if (functionName != Transformer || !line.StartsWith(EmbeddedMetrics, StringComparison.Ordinal))
        {
            log.Write(functionName, line);
            return;
        }

        using var metrics = JsonDocument.Parse(line);
        foreach (var name in Names)
        {
            Add(name, metrics.RootElement.TryGetProperty(name, out var value) ? value.GetInt64() : 0);
        }

        if (keepsLines)
        {
            log.Write(functionName, line);
        }
    }

    private void Add(string name, long value)
    {
        if (Array.IndexOf(Names, name) is >= 0 and var place)
        {
            Interlocked.Add(ref _counts[place], value);
        }
    }
}
