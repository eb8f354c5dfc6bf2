using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>ReceiveMessage, and the calls to delete a received message or to change its visibility.</summary>
internal static class SqsReceives
{
    private const string All = "All";

    public static async Task<JsonObject> ReceiveAsync(MessageQueue queue, JsonRequest call, CancellationToken cancellationToken)
    {
        var visibility = Seconds(call.Number("VisibilityTimeout"));
        var wait = Seconds(call.Number("WaitTimeSeconds"));
        var messages = await queue.ReceiveAsync(call.Number("MaxNumberOfMessages") ?? 1, visibility, wait, cancellationToken);

        // Like SQS, returns no attributes that the receiver did not ask for. AttributeNames is the older name, which clients still send.
        HashSet<string> asked = [.. call.Texts("MessageSystemAttributeNames"), .. call.Texts("AttributeNames")];

        // A request gets all message attributes or none.
        var withAttributes = call.Texts("MessageAttributeNames").Any();
        return messages.Count == 0 ? [] : new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => Message(queue, message, asked, withAttributes))]) };
    }

    public static async Task<JsonObject> DeleteAsync(MessageQueue queue, JsonRequest call)
    {
        SqsResponse.ThrowIfFailed((await queue.DeleteBatchAsync([call.RequiredText("ReceiptHandle")]))[0]);
        return [];
    }

    public static async Task<JsonObject> DeleteBatchAsync(MessageQueue queue, JsonRequest call)
    {
        var entries = call.Objects("Entries").Select(entry => (Id: entry.RequiredText("Id"), Handle: entry.RequiredText("ReceiptHandle"))).ToList();
        var errors = await queue.DeleteBatchAsync([.. entries.Select(entry => entry.Handle)]);
        return SqsResponse.Batch([.. entries.Zip(errors, (entry, error) => (entry.Id, error, new JsonObject()))]);
    }

    public static JsonObject ChangeVisibility(MessageQueue queue, JsonRequest call)
    {
        var timeout = Seconds(call.Number("VisibilityTimeout")) ?? throw new ServiceException("MissingParameter", "The request must contain the parameter VisibilityTimeout.");
        SqsResponse.ThrowIfFailed(queue.ChangeVisibility(call.RequiredText("ReceiptHandle"), timeout));
        return [];
    }

    public static JsonObject ChangeVisibilityBatch(MessageQueue queue, JsonRequest call) => SqsResponse.Batch([.. call.Objects("Entries").Select(entry => (
        entry.RequiredText("Id"),
        queue.ChangeVisibility(entry.RequiredText("ReceiptHandle"), Seconds(entry.Number("VisibilityTimeout")) ?? queue.Options.VisibilityTimeout),
        new JsonObject()))]);

    private static JsonObject Message(MessageQueue queue, ReceivedMessage message, HashSet<string> asked, bool withAttributes)
    {
        var json = new JsonObject
        {
            ["MessageId"] = message.MessageId,
            ["ReceiptHandle"] = message.ReceiptHandle,
            ["MD5OfBody"] = SqsResponse.Md5(message.Body.Span),
            ["Body"] = Encoding.UTF8.GetString(message.Body.Span),
        };
        if (asked.Count > 0)
        {
            var attributes = OfSystem(queue, message).Where(attribute => asked.Contains(All) || asked.Contains(attribute.Name));
            json["Attributes"] = new JsonObject(attributes.Select(attribute => KeyValuePair.Create(attribute.Name, (JsonNode?)attribute.Value)));
        }

        if (withAttributes && message.Attributes.Count > 0)
        {
            json["MD5OfMessageAttributes"] = SqsMessageAttributes.Md5(message.Attributes);
            json["MessageAttributes"] = SqsMessageAttributes.Json(message.Attributes);
        }

        return json;
    }

    private static IEnumerable<(string Name, string? Value)> OfSystem(MessageQueue queue, ReceivedMessage message)
    {
        yield return ("ApproximateReceiveCount", message.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        yield return ("SentTimestamp", Epoch(message.Sent));
        yield return ("ApproximateFirstReceiveTimestamp", Epoch(message.FirstReceived));
        yield return ("SenderId", queue.Options.AccountId);
        if (message.TraceHeader is { } trace)
        {
            yield return (SqsMessageAttributes.TraceHeader, trace);
        }

        if (message.DeadLetterSource is { } source)
        {
            yield return ("DeadLetterQueueSourceArn", source);
        }

        if (queue.Options.Fifo)
        {
            yield return ("SequenceNumber", message.SequenceNumber);
            yield return ("MessageGroupId", message.GroupId);
            yield return ("MessageDeduplicationId", message.DeduplicationId);
        }
    }

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
