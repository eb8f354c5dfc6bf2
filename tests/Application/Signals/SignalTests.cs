using System.Diagnostics.Metrics;
using DataToEvents.Application.Signals;

namespace DataToEvents.Application.Tests.Signals;

/// <summary>Signals as a meter's listener sees them.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly List<Instrument> _published = [];
    private readonly List<(string Name, long Value, object? Tag)> _measured = [];
    private readonly MeterListener _listener = new();

    public SignalTests()
    {
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == PathSignals.Name)
            {
                _published.Add(instrument);
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _measured.Add((instrument.Name, value, tags[0].Value)));
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Theory]
    [InlineData("Calls", "datatoevents.calls")]
    [InlineData("EventsStored", "datatoevents.events_stored")]
    [InlineData("EventsInConflict", "datatoevents.events_in_conflict")]
    public void A_meter_calls_a_signal_as_OpenTelemetry_writes_names(string name, string meterName) => Signal.MeterName(name).Should().Be(meterName);

    [Theory]
    [InlineData(SignalUnit.Count, null)]
    [InlineData(SignalUnit.Bytes, "By")]
    public void A_signal_that_is_summed_is_a_counter_with_its_unit(SignalUnit unit, string? told)
    {
        var signal = new Signal($"Counted{unit}", unit, "How many.");

        var instrument = Published(signal).Should().BeOfType<Counter<long>>().Subject;
        instrument.Unit.Should().Be(told);
        instrument.Description.Should().Be("How many.");
    }

    [Fact]
    public void What_takes_time_is_a_histogram_in_milliseconds()
    {
        var signal = new Signal("Took", SignalUnit.Milliseconds, "How long.");

        var instrument = Published(signal).Should().BeOfType<Histogram<long>>().Subject;
        instrument.Unit.Should().Be("ms");
        instrument.Description.Should().Be("How long.");
    }

    [Theory]
    [InlineData(SignalUnit.Count)]
    [InlineData(SignalUnit.Bytes)]
    [InlineData(SignalUnit.Milliseconds)]
    public void Each_kind_is_measured_once_with_its_tags(SignalUnit unit)
    {
        var signal = new Signal($"Measured{unit}", unit, "");

        signal.Record(7, new() { { "step", "test" } });

        _measured.Should().Equal((Signal.MeterName(signal.Name), 7, "test"));
    }

    [Fact]
    public async Task Where_meters_are_not_supported_a_signal_has_no_instrument_and_a_step_tells_its_log_alone()
    {
        var steps = new Steps();
        using (new WithoutMeters())
        {
            Published(new Signal("Unheard", SignalUnit.Count, "")).Should().BeNull();
            Published(new Signal("UnheardTime", SignalUnit.Milliseconds, "")).Should().BeNull();
            await steps.EmitAsync("a");
        }

        _measured.Should().BeEmpty();
        steps.Metrics.Last().Should().ContainKey("EventsPublished");
    }

    private Instrument? Published(Signal signal) => _published.Find(instrument => instrument.Name == Signal.MeterName(signal.Name));
}
