using Amazon.Lambda.SQSEvents;
using DataToEvents.Application.EventStorer;

namespace DataToEvents.Functions.EventStorer;

/// <summary>Stores the events of a FIFO batch, puts aside what no retry helps, and answers which messages are to be delivered again.</summary>
public sealed class EventStorerFunction(StoreEvents store)
{
    private const string MessageGroupId = "MessageGroupId";
    private const string SequenceNumber = "SequenceNumber";

    [LambdaFunction]
    public async Task<SQSBatchResponse> Handle(SQSEvent batch, ILambdaContext context)
    {
        var messages = (batch.Records ?? throw new ArgumentException("The event has no Records: it is not SQS's.")).Select(Translate).ToArray();
        var report = await store.ExecuteAsync(messages, TimeBudget.Of(context));
        var log = new FunctionLogger(context.Logger);
        foreach (var message in report.SetAside)
        {
            EventStorerLog.SetAside(log, message.MessageId, message.Reason, message.Event?.Id, message.Event?.Stream, message.Event?.TraceId);
        }

        foreach (var failure in report.Failures)
        {
            EventStorerLog.NotStored(log, failure.MessageId, failure.Reason, failure.Event?.Id, failure.Event?.Stream, failure.Event?.TraceId);
        }

        return new SQSBatchResponse
        {
            BatchItemFailures = [.. report.Failures.Select(failure => new SQSBatchResponse.BatchItemFailure { ItemIdentifier = failure.MessageId })],
        };
    }

    private static ArrivedMessage Translate(SQSEvent.SQSMessage message) => new(
        message.MessageId ?? throw new ArgumentException("A message has no messageId: it is not SQS's."),
        Attribute(message, MessageGroupId),
        Attribute(message, SequenceNumber),
        Encoding.UTF8.GetBytes(message.Body ?? throw new ArgumentException($"Message {message.MessageId} has no body.")));

    private static string Attribute(SQSEvent.SQSMessage message, string name) =>
        message.Attributes is { } attributes && attributes.TryGetValue(name, out var value)
            ? value
            : throw new ArgumentException($"Message {message.MessageId} has no attribute {name}: its queue is not FIFO.");
}
