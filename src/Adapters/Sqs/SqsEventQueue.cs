using Amazon.Runtime;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;

namespace DataToEvents.Adapters.Sqs;

/// <summary>The queue as an SQS FIFO queue: a stream is a message group, the body is the envelope.</summary>
/// <param name="sqs">The client, see <see cref="SdkSettings"/>.</param>
/// <param name="options">Which queue.</param>
public sealed class SqsEventQueue(IAmazonSQS sqs, SqsOptions options) : IEventQueue
{
    /// <summary>Call it at the start.</summary>
    /// <exception cref="InvalidOperationException">There is no such queue.</exception>
    public Task EnsureQueueExistsAsync(CancellationToken cancellationToken) =>
        CallAsync(sqs.GetQueueAttributesAsync(new GetQueueAttributesRequest { QueueUrl = options.QueueUrl }, cancellationToken));

    /// <exception cref="InvalidOperationException">There is no such queue.</exception>
    /// <inheritdoc/>
    public async Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken)
    {
        try
        {
            return Attempts(await CallAsync(sqs.SendMessageBatchAsync(Request(batch), cancellationToken)), batch.Count);
        }
        catch (AmazonServiceException fault) when (ServiceErrors.IsRefusal(fault))
        {
            return [.. batch.Select(_ => Attempt.Rejected($"SQS: {fault.Message}"))];
        }
    }

    private async Task<T> CallAsync<T>(Task<T> call)
    {
        try
        {
            return await call.WithCodeAsync();
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode is "QueueDoesNotExist" or "AWS.SimpleQueueService.NonExistentQueue")
        {
            throw new InvalidOperationException($"There is no queue {options.QueueUrl} ({options.Variable}).", fault);
        }
    }

    private SendMessageBatchRequest Request(IReadOnlyList<DataEvent> batch)
    {
        var entries = new List<SendMessageBatchRequestEntry>(batch.Count);
        var trace = (Parent: (string?)null, Attribute: TraceAttribute(null));
        foreach (var sent in batch)
        {
            // Most events of a batch share the trace of its invocation.
            trace = trace.Parent == sent.TraceParent ? trace : (sent.TraceParent, TraceAttribute(sent.TraceParent));
            entries.Add(new SendMessageBatchRequestEntry
            {
                Id = entries.Count.ToString(CultureInfo.InvariantCulture),
                MessageBody = Encoding.UTF8.GetString(sent.Envelope.Span),
                MessageGroupId = MessageKeys.GroupId(sent.Stream),
                MessageDeduplicationId = MessageKeys.DeduplicationId(sent),
                MessageSystemAttributes = trace.Attribute,
            });
        }

        return new SendMessageBatchRequest { QueueUrl = options.QueueUrl, Entries = entries };
    }

    /// <summary>X-Ray joins the segments of sender and receiver by this attribute. A trace that is not recorded is in the envelope only.</summary>
    private static Dictionary<string, MessageSystemAttributeValue>? TraceAttribute(string? traceParent) => TraceParent.IsRecorded(traceParent)
        ? new() { [MessageSystemAttributeName.AWSTraceHeader] = new() { DataType = "String", StringValue = XRayHeader.Of(traceParent) } }
        : null;

    private static Attempt[] Attempts(SendMessageBatchResponse answer, int count)
    {
        var attempts = new Attempt[count];
        Array.Fill(attempts, Attempt.Retry("SQS's answer does not name it"));
        foreach (var taken in answer.Successful ?? [])
        {
            attempts[Position(taken.Id)] = Attempt.Done;
        }

        foreach (var failed in answer.Failed ?? [])
        {
            attempts[Position(failed.Id)] = Failed(failed);
        }

        return attempts;
    }

    /// <summary>SQS also reports a throttled sender as at fault, but another try may succeed.</summary>
    private static Attempt Failed(BatchResultErrorEntry failed)
    {
        var reason = $"SQS: {failed.Code}: {failed.Message}";
        return failed.SenderFault == true && !IsThrottling(failed.Code) ? Attempt.Rejected(reason) : Attempt.Retry(reason);
    }

    // Throttling, ThrottlingException, RequestThrottled, KmsThrottled, KMS.ThrottlingException, ...
    private static bool IsThrottling(string? code) =>
        code is "OverLimit" or "TooManyRequestsException" || code?.Contains("Throttl", StringComparison.OrdinalIgnoreCase) == true;

    private static int Position(string entryId) => int.Parse(entryId, CultureInfo.InvariantCulture);
}
