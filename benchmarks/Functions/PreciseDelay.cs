using System.Collections.Concurrent;

namespace DataToEvents.Benchmarks.Functions;

/// <summary>
/// Waits of a few milliseconds that are what they say. A timer of .NET's ticks with the kernel's coarse clock, every 4 ms: a call of 5 ms would
/// take up to 9. One thread serves all waits, which are of one length, so that the first to come is the first to go.
/// </summary>
internal sealed partial class PreciseDelay : IDisposable
{
    private const double MicrosecondsPerMillisecond = 1_000;

    private readonly BlockingCollection<(long Due, TaskCompletionSource Done)> _waits = [];

    public PreciseDelay() => new Thread(Run) { IsBackground = true }.Start();

    public Task WaitAsync(TimeSpan delay)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waits.Add((Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency), done));
        return done.Task;
    }

    public void Dispose() => _waits.CompleteAdding();

    private void Run()
    {
        foreach (var (due, done) in _waits.GetConsumingEnumerable())
        {
            var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due).TotalMilliseconds;
            if (left > 0)
            {
                _ = USleep((uint)(left * MicrosecondsPerMillisecond));
            }

            done.SetResult();
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int USleep(uint microseconds);
}
