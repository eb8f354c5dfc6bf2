using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;

namespace DataToEvents.Generator.Sending;

/// <summary>Sends to a delivery stream of Amazon Data Firehose, or to a service that speaks its protocol.</summary>
internal sealed class FirehoseSink(IAmazonKinesisFirehose firehose, SendTarget target) : IRecordSink
{
    /// <summary>The limits of PutRecordBatch; see <see cref="FirehoseLimits"/>.</summary>
    public static SinkLimits CallLimits { get; } = new(
        FirehoseLimits.MaxBatchRecords, FirehoseLimits.MaxBatchBytes, FirehoseLimits.MaxRecordBytes, static sent => sent.Record.Bytes.Length);

    public SinkLimits Limits => CallLimits;

    public async Task<IReadOnlyList<PutAnswer>> PutAsync(IReadOnlyList<Outgoing> batch, CancellationToken abort)
    {
        var request = new PutRecordBatchRequest { DeliveryStreamName = target.Name, Records = [.. batch.Select(sent => new Record { Data = sent.Record.Bytes.AsStream() })] };
        try
        {
            var response = await firehose.PutRecordBatchAsync(request, abort);
            return Answers(response, batch.Count);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == "InvalidArgumentException" && batch.Count == 1)
        {
            // The record is at fault, not the sender: the service may still take other records.
            return [PutAnswer.Refused($"{fault.ErrorCode}: {fault.Message}")];
        }
        catch (Exception fault) when (TargetFaults.Classify(fault, abort) is { } kind)
        {
            throw new TargetException(kind, $"{Name}: {TargetFaults.Cause(fault)}", fault);
        }
    }

    private string Name => target.Endpoint is { } endpoint ? $"{target.Name} at {endpoint}" : $"delivery stream {target.Name}";

    private PutAnswer[] Answers(PutRecordBatchResponse response, int count)
    {
        var entries = response.RequestResponses ?? [];
        if (entries.Count != count)
        {
            throw new TargetException(TargetFault.Refused, $"{Name}: answered for {entries.Count} of {Units.Count(count, "record")}; is it a Firehose endpoint?");
        }

        return [.. entries.Select(entry => string.IsNullOrEmpty(entry.ErrorCode) ? PutAnswer.Accepted : PutAnswer.Retry($"{entry.ErrorCode}: {entry.ErrorMessage}"))];
    }
}
