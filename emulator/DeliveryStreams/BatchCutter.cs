namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>The place inside a call's row at which a batch ended.</summary>
/// <param name="RowId">The id of the row.</param>
/// <param name="Records">How many of its records are done.</param>
internal readonly record struct Cursor(long RowId, int Records);

/// <summary>
/// Cuts the waiting calls into batches by size or time. A call may be larger than a batch, so a batch can end inside a row.
/// Used by one pump.
/// </summary>
internal sealed class BatchCutter(DurableQueue journal, BufferRoom room, DeliveryStreamOptions options, TimeProvider time, Cursor done)
{
    private DurableRow? _row;
    private int _index;
    private int _position;

    public long? OldestMs => _row?.AtMs ?? journal.OldestAtMs;

    /// <summary>How long until a batch is due: zero or less when it is due now, null when nothing waits.</summary>
    public TimeSpan? DueIn(bool urgent)
    {
        if (OldestMs is not { } oldest)
        {
            return null;
        }

        var bytes = journal.WaitingBytes + (_row is null ? 0 : _row.Bytes - _position);
        var records = journal.WaitingRecords + (_row is null ? 0 : _row.Records - _index);
        return urgent || bytes >= options.Transform.SizeInBytes || records >= options.MaxRecordsPerInvocation
            ? TimeSpan.Zero
            : DateTimeOffset.FromUnixTimeMilliseconds(oldest) + options.Transform.Interval - time.GetUtcNow();
    }

    /// <summary>Fills the batch; leaves it empty when nothing waits.</summary>
    public async Task CutAsync(TransformBatch batch)
    {
        batch.Reset();
        while (await MoveToRowAsync() is { } row)
        {
            while (_index < row.Records)
            {
                var next = _position;
                if (!batch.TryAdd(row, _index, Frames.Read(row.Body, ref next)))
                {
                    return;
                }

                _position = next;
                _index++;
            }

            _row = null;
        }
    }

    private async ValueTask<DurableRow?> MoveToRowAsync()
    {
        if (_row is not null)
        {
            return _row;
        }

        _row = await journal.TakeAsync();
        (_index, _position) = (0, 0);
        while (_row is not null && _row.Id == done.RowId && _index < done.Records)
        {
            room.Release(Frames.Read(_row.Body, ref _position).Length, 1);
            _index++;
        }

        return _row;
    }
}
