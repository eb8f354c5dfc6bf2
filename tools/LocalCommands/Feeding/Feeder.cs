using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Local.Feeding;

/// <summary>Puts records into the delivery stream, in their order, in calls as full as limits and pace allow. Records for which the stream has no room are put again.</summary>
internal sealed class Feeder(DeliveryStream stream, TextWriter errors)
{
    private readonly PutBatches _batches = new();

    /// <summary>Records that are too long for any call.</summary>
    public long Refused { get; private set; }

    public async Task FeedAsync(IAsyncEnumerable<ReadOnlyMemory<byte>> records, Pace pace, CancellationToken cancellationToken)
    {
        await using var source = records.GetAsyncEnumerator(cancellationToken);
        for (var number = 1L; await NextAsync(source, cancellationToken); number++)
        {
            var record = source.Current;
            if (record.Length > DeliveryStreamLimits.MaxRecordBytes)
            {
                await RefuseAsync(number, record.Length);
                continue;
            }

            if (_batches.IsFullFor(record))
            {
                await PutAsync(cancellationToken);
            }

            if (pace.UntilDue(number - 1) is { } wait)
            {
                await PutAsync(cancellationToken);
                await Task.Delay(wait, TimeProvider.System, cancellationToken);
            }

            _batches.Add(record);
        }

        await PutAsync(cancellationToken);
    }

    /// <summary>Puts the records at hand before it waits for more.</summary>
    private async ValueTask<bool> NextAsync(IAsyncEnumerator<ReadOnlyMemory<byte>> source, CancellationToken cancellationToken)
    {
        var next = source.MoveNextAsync();
        if (!next.IsCompleted)
        {
            await PutAsync(cancellationToken);
        }

        return await next;
    }

    private async Task PutAsync(CancellationToken cancellationToken)
    {
        for (var records = _batches.Take(); records.Count > 0;)
        {
            var result = await stream.PutRecordBatchAsync(records);
            if (result.FailedPutCount == 0)
            {
                return;
            }

            records = [.. records.Where((_, index) => result[index].ErrorCode is not null)];
            await stream.WaitForRoomAsync(cancellationToken);
        }
    }

    private async Task RefuseAsync(long number, int length)
    {
        Refused++;
        await errors.WriteLineAsync(
            $"Record {number} was refused: InvalidArgumentException: it has {Units.Count(length, "byte")}, and Firehose takes {Units.Count(DeliveryStreamLimits.MaxRecordBytes, "byte")} at most.");
    }
}
