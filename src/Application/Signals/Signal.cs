using System.Diagnostics.Metrics;

namespace DataToEvents.Application.Signals;

/// <summary>One number that a step reports. Its instrument exists only where meters are supported; a function on AWS has none.</summary>
public sealed class Signal
{
    private readonly Counter<long>? _counter;
    private readonly Histogram<long>? _histogram;

    internal Signal(string name, SignalUnit unit, string description)
    {
        (Name, Unit, Description) = (name, unit, description);
        if (!PathSignals.AreListenedTo)
        {
            return;
        }

        if (unit == SignalUnit.Milliseconds)
        {
            _histogram = PathSignals.Meter.CreateHistogram<long>(MeterName(name), "ms", description);
        }
        else
        {
            _counter = PathSignals.Meter.CreateCounter<long>(MeterName(name), unit == SignalUnit.Bytes ? "By" : null, description);
        }
    }

    /// <summary>The name in CloudWatch: <c>EventsStored</c>.</summary>
    public string Name { get; }

    public SignalUnit Unit { get; }

    public string Description { get; }

    /// <summary>The name in OpenTelemetry: <c>datatoevents.events_stored</c>.</summary>
    public static string MeterName(string name) =>
        "datatoevents" + string.Concat(name.Select(static (letter, index) => char.IsUpper(letter) ? $"{(index == 0 ? '.' : '_')}{char.ToLowerInvariant(letter)}" : $"{letter}"));

    internal void Record(long value, in TagList tags)
    {
        _counter?.Add(value, tags);
        _histogram?.Record(value, tags);
    }
}

public enum SignalUnit
{
    Count,
    Bytes,
    Milliseconds,
}

/// <summary>A signal's value for one invocation.</summary>
public readonly record struct Reading(Signal Signal, long Value);
