namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Reads the changes of one lane of a shard, in order, in batches.</summary>
internal sealed class LaneReader(int lane, StreamEventSourceOptions options, ChangeStream stream, Shard shard, TimeProvider time)
{
    /// <summary>Lambda takes 6 MB in a synchronous invocation ("Lambda quotas").</summary>
    private const int MaxEventBytes = 6_000_000;

    private readonly StreamCursor _cursor = stream.AddCursor();
    private volatile bool _idle;

    /// <summary>The lane has read every change up to this sequence number that is its own and wanted.</summary>
    public long Position
    {
        get => _cursor.Position;
        set => _cursor.Position = value;
    }

    /// <summary>While the lane has nothing to do, the position up to which it is done; else null.</summary>
    public long? IdleAt
    {
        get
        {
            // Read the position first: a lane that is idle after that is done with all changes up to it.
            var position = _cursor.Position;
            return _idle ? position : null;
        }
    }

    /// <summary>Reads the next batch: as soon as there are records, or when the batching window is over.</summary>
    /// <returns>Null: the shard has closed, and all of it was read.</returns>
    public async Task<StreamBatch?> NextAsync(CancellationToken cancellationToken)
    {
        var records = new List<ChangeRecord>();
        var bytes = 0L;
        var deadline = long.MaxValue;
        while (true)
        {
            var read = await stream.ReadAsync(_cursor, IsWanted, options.BatchSize - records.Count);
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

            if (_cursor.Position >= shard.Until)
            {
                return records.Count == 0 ? null : new StreamBatch(records, 0, 0);
            }

            if (records.Count == options.BatchSize || (stream.IsAtEnd(_cursor) && !await MoreAsync(records.Count, deadline, cancellationToken)))
            {
                return new StreamBatch(records, 0, 0);
            }
        }
    }

    /// <summary>Waits for more records.</summary>
    /// <returns>False when the batching window is over: the batch is complete.</returns>
    private async Task<bool> MoreAsync(int records, long deadline, CancellationToken cancellationToken)
    {
        if (records == 0)
        {
            _idle = true;
            await stream.WaitAsync(_cursor, IsWanted, Timeout.InfiniteTimeSpan, cancellationToken);
            _idle = false;
            return true;
        }

        var left = time.GetElapsedTime(time.GetTimestamp(), deadline);
        return left > TimeSpan.Zero && await stream.WaitAsync(_cursor, IsWanted, left, cancellationToken);
    }

    private bool IsWanted(ChangeRecord change) =>
        shard.Holds(change) && IsOfLane(change) && options.Filter?.Invoke(change) != false;

    private bool IsOfLane(ChangeRecord change) => options.ParallelizationFactor == 1 || change.ItemHash % (uint)options.ParallelizationFactor == lane;
}
