using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>SendMessage and SendMessageBatch.</summary>
internal static class SqsSends
{
    public static async Task<JsonObject> OneAsync(MessageQueue queue, JsonRequest call)
    {
        var entry = Entry(call);
        SqsResponse.ThrowIfFailed(SendRules.MissingFifoParameter(entry, queue.Options) ?? SendRules.Check(entry, queue.Options));
        var outcome = (await queue.SendBatchAsync([entry]))[0];
        SqsResponse.ThrowIfFailed(outcome.Error);
        return Success(queue, entry, outcome);
    }

    public static async Task<JsonObject> BatchAsync(MessageQueue queue, JsonRequest call)
    {
        var entries = call.Objects("Entries").Select(Entry).ToList();
        var outcomes = await queue.SendBatchAsync(entries);
        return SqsResponse.Batch([.. entries.Zip(outcomes, (entry, outcome) => (outcome.Id, outcome.Error, Success(queue, entry, outcome)))]);
    }

    private static SendEntry Entry(JsonRequest entry) => new(
        entry.Text("MessageGroupId"), entry.Text("MessageDeduplicationId"), entry.Utf8("MessageBody"), entry.Text("Id"), SqsMessageAttributes.Read(entry), SqsMessageAttributes.ReadTraceHeader(entry),
        entry.Number("DelaySeconds") is { } delay ? TimeSpan.FromSeconds(delay) : null);

    private static JsonObject Success(MessageQueue queue, SendEntry entry, SendEntryResult outcome)
    {
        var success = new JsonObject { ["MessageId"] = outcome.MessageId, ["MD5OfMessageBody"] = SqsResponse.Md5(entry.Body.Span) };
        if (entry.Attributes is { Count: > 0 } attributes)
        {
            success["MD5OfMessageAttributes"] = MessageAttributes.Md5(attributes);
        }

        if (entry.TraceHeader is { } trace)
        {
            success["MD5OfMessageSystemAttributes"] = MessageAttributes.Md5(new Dictionary<string, MessageAttribute> { [SqsMessageAttributes.TraceHeader] = MessageAttribute.OfText(trace) });
        }

        if (queue.Options.Fifo)
        {
            success["SequenceNumber"] = outcome.SequenceNumber;
        }

        return success;
    }
}
