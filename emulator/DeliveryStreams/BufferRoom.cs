namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Limits the records that are accepted and not yet transformed: a stream that falls behind refuses records instead of growing.</summary>
internal sealed class BufferRoom(long maxBytes, long maxRecords)
{
    private readonly Lock _gate = new();
    private List<TaskCompletionSource> _waiting = [];

    public long Bytes { get; private set; }

    public long Records { get; private set; }

    private bool TakesFullCall =>
        Bytes + Math.Min(maxBytes, DeliveryStreamLimits.MaxBytesPerCall) <= maxBytes
        && Records + Math.Min(maxRecords, DeliveryStreamLimits.MaxRecordsPerCall) <= maxRecords;

    /// <summary>
    /// Reserves room for as many of the first records as fit and returns how many. It never takes a later record in place of an
    /// earlier one, so that the order is kept when the producer sends the refused records again.
    /// </summary>
    public int Reserve(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        lock (_gate)
        {
            var count = 0;
            while (count < records.Count && Records < maxRecords && Bytes + records[count].Length <= maxBytes)
            {
                Records++;
                Bytes += records[count++].Length;
            }

            return count;
        }
    }

    /// <summary>Counts what an earlier run accepted, even if it is over the limit.</summary>
    public void Restore(long bytes, long records) => (Bytes, Records) = (bytes, records);

    public void Release(long bytes, long records)
    {
        List<TaskCompletionSource> waiting = [];
        lock (_gate)
        {
            Bytes -= bytes;
            Records -= records;
            if (TakesFullCall)
            {
                (waiting, _waiting) = (_waiting, waiting);
            }
        }

        waiting.ForEach(static waiter => waiter.TrySetResult());
    }

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (TakesFullCall)
            {
                return Task.CompletedTask;
            }

            _waiting.Add(waiter);
        }

        return waiter.UntilAsync(cancellationToken);
    }
}
