using DataToEvents.Application.Signals;

namespace DataToEvents.Application.Tests.Signals;

/// <summary>.NET's switch for meters is off, as in the packages for AWS, until this is disposed of.</summary>
internal sealed class WithoutMeters : IDisposable
{
    private const string Switch = "System.Diagnostics.Metrics.Meter.IsSupported";

    public WithoutMeters()
    {
        // .NET looks once: the meter of all other tests has to be there before.
        PathSignals.All.Should().NotBeEmpty();
        AppContext.SetSwitch(Switch, false);
    }

    public void Dispose() => AppContext.SetSwitch(Switch, true);
}
