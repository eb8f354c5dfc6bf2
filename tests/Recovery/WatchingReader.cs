using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Recovery.Tests;

/// <summary>A person who watches. The interval passes as soon as an output is complete, and Ctrl-C follows the last one.</summary>
/// <param name="looks">The number of outputs to read.</param>
/// <param name="interval">The time between two outputs.</param>
/// <param name="lastLine">The beginning of an output's last line.</param>
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
