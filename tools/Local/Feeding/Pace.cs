namespace DataToEvents.Local.Feeding;

/// <summary>An open-loop schedule: record n is due at n / rate, however long the ones before it took.</summary>
internal sealed class Pace(int? rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();

    /// <summary>How many records may share a call without the last of them being more than a tenth of a second early.</summary>
    public int MaxRecordsPerCall => rate is { } perSecond ? Math.Clamp(perSecond / 10, 1, PutBatches.MaxRecords) : PutBatches.MaxRecords;

    public async Task WaitAsync(long record, CancellationToken cancellationToken)
    {
        if (rate is not { } perSecond)
        {
            return;
        }

        var due = TimeSpan.FromSeconds((double)record / perSecond) - time.GetElapsedTime(_start);
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due, time, cancellationToken);
        }
    }
}
