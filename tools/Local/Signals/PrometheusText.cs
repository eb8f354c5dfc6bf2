using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using DataToEvents.Application.Signals;

namespace DataToEvents.Local.Signals;

/// <summary>
/// Our meters in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). OpenTelemetry's exporter for it is a prerelease,
/// and prometheus-net keeps every meter of the process under watch from the start; this listens from the first scrape on.
/// </summary>
internal sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentDictionary<Instrument, ConcurrentDictionary<string, Series>> _instruments = [];
    private readonly MeterListener _listener = new();
    private readonly Lock _oneScrapeAtATime = new();
    private bool _listening;

    public PrometheusText()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name is PathSignals.Name or HostMeter.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
    }

    public string Scrape()
    {
        lock (_oneScrapeAtATime)
        {
            if (!_listening)
            {
                _listening = true;
                _listener.Start();
            }

            _listener.RecordObservableInstruments();
        }

        var text = new StringBuilder();
        foreach (var (instrument, series) in _instruments.OrderBy(static entry => entry.Key.Name, StringComparer.Ordinal))
        {
            Write(text, instrument, series);
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = _instruments.GetOrAdd(instrument, static _ => []).GetOrAdd(Labels(tags), static _ => new Series());
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = "";
        foreach (var (name, value) in tags)
        {
            labels += $"{(labels.Length == 0 ? "" : ",")}{name}=\"{value}\"";
        }

        return labels;
    }

    private static void Write(StringBuilder text, Instrument instrument, ConcurrentDictionary<string, Series> series)
    {
        var isCounter = instrument is Counter<long> or ObservableCounter<long>;
        var isHistogram = instrument is Histogram<long>;
        var name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit) + (isCounter ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {(isCounter ? "counter" : isHistogram ? "summary" : "gauge")}\n");
        foreach (var (labels, one) in series.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var braces = labels.Length == 0 ? "" : $"{{{labels}}}";
            text.Append(CultureInfo.InvariantCulture, $"{name}{(isHistogram ? "_sum" : "")}{braces} {one.Sum}\n");
            if (isHistogram)
            {
                text.Append(CultureInfo.InvariantCulture, $"{name}_count{braces} {one.Count}\n");
            }
        }
    }

    private static string Unit(string? unit) => unit switch
    {
        "ms" => "_milliseconds",
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };

    /// <summary>One line's number.</summary>
    private sealed class Series
    {
        private readonly Lock _lock = new();

        public double Sum { get; private set; }

        public long Count { get; private set; }

        public void Set(double value)
        {
            lock (_lock)
            {
                Sum = value;
            }
        }

        public void Add(double value)
        {
            lock (_lock)
            {
                (Sum, Count) = (Sum + value, Count + 1);
            }
        }
    }
}
