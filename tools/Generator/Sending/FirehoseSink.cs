using System.Net;
using System.Runtime.InteropServices;
using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;

namespace DataToEvents.Generator.Sending;

/// <summary>A delivery stream of Amazon Data Firehose, or of whoever speaks its protocol.</summary>
internal sealed class FirehoseSink(IAmazonKinesisFirehose firehose, FirehoseTarget target) : IRecordSink
{
    public async Task<IReadOnlyList<string?>> PutAsync(IReadOnlyList<ReadOnlyMemory<byte>> batch, CancellationToken abort)
    {
        var request = new PutRecordBatchRequest { DeliveryStreamName = target.DeliveryStream, Records = [.. batch.Select(ToRecord)] };
        try
        {
            var response = await firehose.PutRecordBatchAsync(request, abort);
            return ErrorsOf(response, batch.Count);
        }
        catch (Exception fault) when (Classify(fault, abort) is { } kind)
        {
            throw new TargetException(kind, $"{Name}: {Cause(fault)}", fault);
        }
    }

    private string Name => target.Endpoint is { } endpoint ? $"{target.DeliveryStream} at {endpoint}" : $"delivery stream {target.DeliveryStream}";

    private static Record ToRecord(ReadOnlyMemory<byte> bytes) => new()
    {
        Data = MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false),
    };

    private string?[] ErrorsOf(PutRecordBatchResponse response, int count)
    {
        var entries = response.RequestResponses ?? [];
        if (entries.Count != count)
        {
            throw new TargetException(TargetFault.Refused, $"{Name}: answered for {entries.Count} of {count} records; is it a Firehose endpoint?");
        }

        return [.. entries.Select(entry => string.IsNullOrEmpty(entry.ErrorCode) ? null : $"{entry.ErrorCode}: {entry.ErrorMessage}")];
    }

    /// <summary>Null for what is no answer of the target: a defect here, or the caller's own abort.</summary>
    private static TargetFault? Classify(Exception fault, CancellationToken abort) => fault switch
    {
        OperationCanceledException when abort.IsCancellationRequested => null,
        AmazonServiceException { StatusCode: >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } => TargetFault.Busy,
        AmazonServiceException { ErrorCode: "ThrottlingException" or "LimitExceededException" } => TargetFault.Busy,
        AmazonServiceException { StatusCode: 0, InnerException: HttpRequestException or IOException } => TargetFault.Unreachable,
        AmazonClientException or AmazonServiceException => TargetFault.Refused,
        // HttpClient's own timeout is a cancellation that nobody asked for.
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => TargetFault.Unreachable,
        _ => null,
    };

    private static string Cause(Exception fault) => fault switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } => $"{code}: {fault.Message}",
        _ => fault.Message,
    };
}
