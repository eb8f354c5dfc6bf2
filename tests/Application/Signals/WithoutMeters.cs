using DataToEvents.Application.Signals;

namespace DataToEvents.Application.Tests.Signals;

/// <summary>Turns .NET's switch for meters off until it is disposed of. The packages for AWS have it off.</summary>
internal sealed class WithoutMeters : IDisposable
{
    private const string Switch = "System.Diagnostics.Metrics.Meter.IsSupported";

    public WithoutMeters()
    {
        // .NET reads the switch once, so the meter of all other tests must exist before.
        PathSignals.All.Should().NotBeEmpty();
        AppContext.SetSwitch(Switch, false);
    }

    public void Dispose() => AppContext.SetSwitch(Switch, true);
}
