namespace DataToEvents.Operator.Commands;

/// <summary>Repeats a look at a path that may still be at work, until nothing is missing or the time is over.</summary>
/// <param name="wait">A look that begins later than this after the first one is the last: what began earlier, however long it took, may have been too early.</param>
internal sealed class Patience(TimeSpan wait, TimeProvider time)
{
    /// <summary>The shortest pause between two looks.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <param name="look">Looks at the path once.</param>
    /// <param name="isComplete">Whether the finding lacks nothing.</param>
    /// <param name="tell">Gets the finding of each look but the last.</param>
    /// <param name="stopping">Ends the wait without a finding.</param>
    public async Task<T> LookAsync<T>(Func<Task<T>> look, Func<T, bool> isComplete, Action<T> tell, CancellationToken stopping)
    {
        var start = time.GetTimestamp();
        while (true)
        {
            var began = time.GetElapsedTime(start);
            var found = await look();
            if (isComplete(found) || began >= wait)
            {
                return found;
            }

            tell(found);

            // A look at many events is work for the path too, so the pause is as long as the look took.
            var ended = time.GetElapsedTime(start);
            var rest = new[] { ended - began, Pause }.Max();
            var left = wait - ended;
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left < rest ? left : rest, time, stopping);
            }
        }
    }
}
