using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Reads the changes of one lane, in order, in batches.</summary>
internal sealed class LaneReader(int lane, StreamEventSourceOptions options, ChangeStream log, TimeProvider time)
{
    /// <summary>Lambda: 6 MB a synchronous invocation.</summary>
    private const int MaxEventBytes = 6_000_000;

    private readonly StreamCursor _cursor = log.AddCursor();
    private volatile bool _idle;

    /// <summary>Every change up to here was read, or is another lane's, or is not wanted.</summary>
    public long Position
    {
        get => _cursor.Position;
        set => _cursor.Position = value;
    }

    /// <summary>The position while the lane has nothing to do, which it then is done with; else null.</summary>
    public long? IdleAt
    {
        get
        {
            // In this order: a lane that is idle now is done with whatever its position was before.
            var position = _cursor.Position;
            return _idle ? position : null;
        }
    }

    /// <summary>The next batch: as soon as there are records, unless a batching window is set.</summary>
    public async Task<StreamBatch> NextAsync(CancellationToken cancellationToken)
    {
        var records = new List<ChangeRecord>();
        var bytes = 0L;
        var deadline = long.MaxValue;
        while (true)
        {
            var read = await log.ReadAsync(_cursor, IsWanted, options.BatchSize - records.Count);
            if (records.Count == 0 && read.Count > 0)
            {
                deadline = time.GetTimestamp() + (long)(options.MaximumBatchingWindow.TotalSeconds * time.TimestampFrequency);
            }

            foreach (var record in read)
            {
                bytes += StreamEvent.BytesOf(record);
                if (bytes > MaxEventBytes && records.Count > 0)
                {
                    _cursor.Position = records[^1].Sequence;
                    return new StreamBatch(records, 0, 0);
                }

                records.Add(record);
            }

            if (records.Count == options.BatchSize || (log.IsAtEnd(_cursor) && !await MoreAsync(records.Count, deadline, cancellationToken)))
            {
                return new StreamBatch(records, 0, 0);
            }
        }
    }

    /// <returns>False: the batch goes as it is.</returns>
    private async Task<bool> MoreAsync(int records, long deadline, CancellationToken cancellationToken)
    {
        if (records == 0)
        {
            _idle = true;
            await log.WaitAsync(_cursor, IsWanted, Timeout.InfiniteTimeSpan, time, cancellationToken);
            _idle = false;
            return true;
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), deadline);
        return left > TimeSpan.Zero && await log.WaitAsync(_cursor, IsWanted, left, time, cancellationToken);
    }

    private bool IsWanted(ChangeRecord change) =>
        change.ItemHash % (uint)options.ParallelizationFactor == lane && options.Filter?.Invoke(change) != false;
}
