using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>SendMessage and SendMessageBatch.</summary>
internal static class SqsSends
{
    public static async Task<JsonObject> OneAsync(MessageQueue queue, JsonRequest call)
    {
        var entry = Entry(call);
        SqsResponse.ThrowIfFailed(SendRules.MissingFifoParameter(entry, queue.Options));
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

    /// <exception cref="AwsException">The entry asks for a delay. Queues here do not delay: the message could be received at once.</exception>
    private static SendEntry Entry(JsonRequest entry) => entry.Number("DelaySeconds") is not (null or 0)
        ? throw new ServiceException("InvalidParameterValue", "A value for parameter DelaySeconds is not supported here.")
        : new(entry.Text("MessageGroupId"), entry.Text("MessageDeduplicationId"), entry.Utf8("MessageBody"), entry.Text("Id"), SqsMessageAttributes.Read(entry), SqsMessageAttributes.ReadTraceHeader(entry));

    private static JsonObject Success(MessageQueue queue, SendEntry entry, SendEntryResult outcome)
    {
        var success = new JsonObject { ["MessageId"] = outcome.MessageId, ["MD5OfMessageBody"] = SqsResponse.Md5(entry.Body.Span) };
        if (entry.Attributes is { Count: > 0 } attributes)
        {
            success["MD5OfMessageAttributes"] = SqsMessageAttributes.Md5(attributes);
        }

        if (entry.TraceHeader is { } trace)
        {
            success["MD5OfMessageSystemAttributes"] = SqsMessageAttributes.Md5(new Dictionary<string, string> { [SqsMessageAttributes.TraceHeader] = trace });
        }

        if (queue.Options.Fifo)
        {
            success["SequenceNumber"] = outcome.SequenceNumber;
        }

        return success;
    }
}
