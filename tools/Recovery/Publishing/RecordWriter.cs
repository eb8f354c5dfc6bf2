using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;
using DataToEvents.Adapters.Aws;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Recovery.Publishing;

/// <param name="Stream">The stream whose order it keeps.</param>
/// <param name="Data">The record's bytes.</param>
internal sealed record OutgoingRecord(string Stream, ReadOnlyMemory<byte> Data);

/// <summary>Puts records into the delivery stream. Those of one stream go strictly one after another.</summary>
internal sealed class RecordWriter(IAmazonKinesisFirehose firehose, string name, TimeProvider time, Random random)
{
    private static readonly LaneOptions Bounds = new(
        FirehoseLimits.MaxBatchRecords, FirehoseLimits.MaxBatchBytes, MaxCallsInFlight: 4, FirstBackOff: TimeSpan.FromMilliseconds(50));

    private readonly StreamLanes _lanes = new(Bounds, time, random);

    /// <returns>A result for each record, in order. Those that were sent are durable.</returns>
    public Task<IReadOnlyList<LaneResult>> PutAsync(IReadOnlyList<OutgoingRecord> records) =>
        _lanes.SendAsync(records, static record => record.Stream, static record => record.Data.Length, CallAsync, BusWriter.Patience);

    private async Task<IReadOnlyList<Attempt>> CallAsync(IReadOnlyList<OutgoingRecord> batch, CancellationToken cancellationToken)
    {
        var request = new PutRecordBatchRequest { DeliveryStreamName = name, Records = [.. batch.Select(record => new Record { Data = record.Data.AsStream() })] };
        try
        {
            var answer = await firehose.PutRecordBatchAsync(request, cancellationToken);
            return [.. (answer.RequestResponses ?? []).Select(entry => string.IsNullOrEmpty(entry.ErrorCode) ? Attempt.Done : Attempt.Retry($"{entry.ErrorCode}: {entry.ErrorMessage}"))];
        }
        catch (AmazonServiceException fault) when (!ServiceErrors.MayPass(fault))
        {
            // The user reads at once that the delivery stream does not exist, and not only after the last retry.
            return [.. batch.Select(_ => Attempt.Rejected(fault.WithCode().Message))];
        }
    }
}
