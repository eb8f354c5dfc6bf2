using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests.Engine;

/// <summary>Passes one input to one target. An exception that the target does not announce, a hang, and unbounded memory are failures.</summary>
internal static class FuzzTrial
{
    private static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(1);

    private const long MaxAllocation = 64L * 1024 * 1024;

    /// <returns>What went wrong, or null.</returns>
    public static string? Run(FuzzTarget target, byte[] input)
    {
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            target.Run(input);
        }
#pragma warning disable CA1031 // Not swallowed: it is the finding.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return $"{fault.GetType().Name}: {fault.Message}";
        }

        var duration = Stopwatch.GetElapsedTime(started);
        return duration > MaxDuration && Repeats(target, input) ? $"took {duration.TotalSeconds:N1} s"
            : GC.GetAllocatedBytesForCurrentThread() - allocated > MaxAllocation ? $"allocated more than {MaxAllocation / 1024 / 1024} MiB"
            : null;
    }

    /// <summary>A busy machine is no hang, so a slow input is tried once more.</summary>
    private static bool Repeats(FuzzTarget target, byte[] input)
    {
        var started = Stopwatch.GetTimestamp();
        target.Run(input);
        return Stopwatch.GetElapsedTime(started) > MaxDuration;
    }
}
