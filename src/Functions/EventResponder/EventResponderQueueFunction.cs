using Amazon.Lambda.SQSEvents;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Functions.EventResponder;

/// <summary>The consumer behind a queue between rule and function: takes events in batches, and answers which messages are to be delivered again.</summary>
public sealed class EventResponderQueueFunction(RespondToEvent respond, TimeProvider time)
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    [LambdaFunction]
    public async Task<SQSBatchResponse> RespondToBatch(SQSEvent batch, ILambdaContext context)
    {
        var (messages, unreadable) = (new List<BusMessage>(), new List<FailedMessage>());
        foreach (var record in batch.Records ?? throw new ArgumentException("The event has no Records: it is not SQS's."))
        {
            try
            {
                messages.Add(Read(record));
            }
            catch (JsonException fault)
            {
                unreadable.Add(new FailedMessage(record.MessageId, $"the body is no event of a bus: {fault.Message}"));
            }
        }

        using var deadline = new CancellationTokenSource(TimeBudget.Of(context), time);
        var responded = await respond.ExecuteAsync(messages, deadline.Token);
        var log = new FunctionLogger(context.Logger);
        var failed = unreadable.Concat(responded.Failed).ToList();
        foreach (var message in failed)
        {
            EventResponderLog.NotTaken(log, message.MessageId, message.Reason, message.Event?.Id, message.Event?.Stream, message.Event?.TraceId);
        }

        return new SQSBatchResponse { BatchItemFailures = failed.ConvertAll(message => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = message.MessageId }) };
    }

    /// <exception cref="JsonException">The body is not what EventBridge sends to a queue.</exception>
    private static BusMessage Read(SQSEvent.SQSMessage record)
    {
        using var json = JsonDocument.Parse(record.Body ?? "", AnyDepth);
        var root = json.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("detail", out var detail))
        {
            throw new JsonException("it has no detail");
        }

        var replay = root.TryGetProperty("replay-name", out var name) ? name.GetString() : null;
        return new BusMessage(record.MessageId, JsonMarshal.GetRawUtf8Value(detail).ToArray(), replay);
    }
}
