using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DataToEvents.Application.Signals;

namespace DataToEvents.Local.Signals;

/// <summary>
/// Our meters in Prometheus' text format 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats). OpenTelemetry's exporter for it is a prerelease,
/// and prometheus-net observes every meter of the process from the start. This class begins to listen with the first scrape.
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

    /// <summary>Our instruments have one tag at most, so its value names the series. No text is made before a scrape.</summary>
    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (label, key) = tags.Length == 0 ? ("", "") : (tags[0].Key, tags[0].Value as string ?? "");
        var series = _instruments.GetOrAdd(instrument, static _ => []).GetOrAdd(key, static (_, label) => new Series(label), label);
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add((long)value);
        }
    }

    private static void Write(StringBuilder text, Instrument instrument, ConcurrentDictionary<string, Series> series)
    {
        var isCounter = instrument is Counter<long> or ObservableCounter<long>;
        var isHistogram = instrument is Histogram<long>;
        var name = instrument.Name.Replace('.', '_') + Unit(instrument.Unit) + (isCounter ? "_total" : "");
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n# TYPE {name} {(isCounter ? "counter" : isHistogram ? "summary" : "gauge")}\n");
        foreach (var (value, one) in series.OrderBy(static entry => entry.Key, StringComparer.Ordinal))
        {
            var braces = one.Label.Length == 0 ? "" : $"{{{one.Label}=\"{value}\"}}";
            text.Append(CultureInfo.InvariantCulture, $"{name}{(isHistogram ? "_sum" : "")}{braces} {one.Value}\n");
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

    /// <summary>The value of one line.</summary>
    private sealed class Series(string label)
    {
        private long _sum;
        private long _count;
        private double? _last;

        public string Label => label;

        public double Value => _last ?? Interlocked.Read(ref _sum);

        public long Count => Interlocked.Read(ref _count);

        /// <summary>Only one scrape at a time reads observable instruments.</summary>
        public void Set(double value) => _last = value;

        public void Add(long value)
        {
            Interlocked.Add(ref _sum, value);
            Interlocked.Increment(ref _count);
        }
    }
}
