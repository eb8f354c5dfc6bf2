using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Recovery.Tests;

/// <summary>Somebody who watches: an interval passes as soon as a look is over, and after the last one comes Ctrl-C.</summary>
/// <param name="looks">How many.</param>
/// <param name="interval">Between two of them.</param>
/// <param name="lastLine">How the last line of a look begins.</param>
internal sealed class WatchingReader(int looks, TimeSpan interval, string lastLine) : StringWriter
{
    private readonly CancellationTokenSource _interrupt = new();
    private int _seen;

    public FakeTimeProvider Clock { get; } = new(TimeProvider.System.GetUtcNow());

    public CancellationToken Interrupt => _interrupt.Token;

    public override void WriteLine(string? value)
    {
        base.WriteLine(value);
        if (value?.StartsWith(lastLine, StringComparison.Ordinal) != true)
        {
            return;
        }

        if (++_seen < looks)
        {
            Clock.Advance(interval);
        }
        else
        {
            _interrupt.Cancel();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _interrupt.Dispose();
        base.Dispose(disposing);
    }
}
