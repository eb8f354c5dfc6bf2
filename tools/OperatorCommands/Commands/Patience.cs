namespace DataToEvents.Operator.Commands;

/// <summary>Looks again and again at a path that may still be at work, until nothing is missing or the time is over.</summary>
/// <param name="wait">
/// How long to go on without progress. The last look is the first one that begins later than this after a look that found less missing. A look that began
/// earlier, however long it took, may have come too early.
/// </param>
internal sealed class Patience(TimeSpan wait, TimeProvider time)
{
    /// <summary>The shortest pause between two looks.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <param name="look">Looks at the path once.</param>
    /// <param name="missing">Counts what the finding lacks. Each time it lacks less, the wait begins again.</param>
    /// <param name="tell">Gets the finding of each look but the last.</param>
    /// <param name="stopping">Ends the wait without a finding.</param>
    public async Task<T> LookAsync<T>(Func<Task<T>> look, Func<T, long> missing, Action<T> tell, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        var (least, better) = (long.MaxValue, TimeSpan.Zero);
        while (true)
        {
            var began = time.GetElapsedTime(start);
            var found = await look();
            var left = missing(found);
            if (left == 0 || (left >= least && began - better >= wait) || wait == TimeSpan.Zero)
            {
                return found;
            }

            if (left < least)
            {
                (least, better) = (left, began);
            }

            tell(found);

            // A look at many events is work for the path too, so the pause is as long as the look took.
            var ended = time.GetElapsedTime(start);
            var rest = new[] { ended - began, Pause }.Max();
            var untilLast = better + wait - ended;
            if (untilLast > TimeSpan.Zero)
            {
                await Task.Delay(untilLast < rest ? untilLast : rest, time, stopping);
            }
        }
    }
}
