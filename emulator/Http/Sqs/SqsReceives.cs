using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>ReceiveMessage, and the calls to delete a received message or to change its visibility.</summary>
internal static class SqsReceives
{
    private const string All = "All";

    /// <summary>Seconds. Source: Amazon SQS API Reference, "ReceiveMessage".</summary>
    private const int MaxVisibility = 43_200;

    private const int MaxWait = 20;

    public static async Task<JsonObject> ReceiveAsync(MessageQueue queue, JsonRequest call, CancellationToken cancellationToken)
    {
        var visibility = call.Seconds("VisibilityTimeout", MaxVisibility, "Must be >= 0 and <= 43200, if provided.");
        // Without a time of its own a receive waits as long as the queue says; 0 does not wait.
        var wait = call.Seconds("WaitTimeSeconds", MaxWait, "Must be >= 0 and <= 20, if provided.") ?? queue.Options.ReceiveWait;
        var messages = await queue.ReceiveAsync(call.Number("MaxNumberOfMessages") ?? 1, visibility, wait, cancellationToken);

        // Like SQS, returns no attributes that the receiver did not ask for. AttributeNames is the older name, which clients still send.
        HashSet<string> asked = [.. call.Texts("MessageSystemAttributeNames"), .. call.Texts("AttributeNames")];
        List<string> names = [.. call.Texts("MessageAttributeNames")];
        return messages.Count == 0 ? [] : new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => Message(queue, message, asked, names))]) };
    }

    public static async Task<JsonObject> DeleteAsync(MessageQueue queue, JsonRequest call)
    {
        SqsResponse.ThrowIfFailed((await queue.DeleteBatchAsync([call.Required("ReceiptHandle")]))[0]);
        return [];
    }

    public static async Task<JsonObject> DeleteBatchAsync(MessageQueue queue, JsonRequest call)
    {
        var entries = Entries(call, "DeleteMessageBatchRequestEntry");
        var errors = await queue.DeleteBatchAsync([.. entries.Select(entry => entry.Handle)]);
        return SqsResponse.Batch([.. entries.Zip(errors, (entry, error) => (entry.Id, error, new JsonObject()))]);
    }

    public static JsonObject ChangeVisibility(MessageQueue queue, JsonRequest call)
    {
        var timeout = TimeSpan.FromSeconds(call.RequiredNumber("VisibilityTimeout"));
        SqsResponse.ThrowIfFailed(queue.ChangeVisibility(call.Required("ReceiptHandle"), timeout));
        return [];
    }

    public static JsonObject ChangeVisibilityBatch(MessageQueue queue, JsonRequest call)
    {
        var entries = Entries(call, "ChangeMessageVisibilityBatchRequestEntry");
        return SqsResponse.Batch([.. entries.Select(entry => (
            entry.Id,
            queue.ChangeVisibility(entry.Handle, entry.Json.Number("VisibilityTimeout") is { } seconds ? TimeSpan.FromSeconds(seconds) : queue.Options.VisibilityTimeout),
            new JsonObject()))]);
    }

    /// <exception cref="ServiceException">SQS would refuse the batch as a whole.</exception>
    private static List<(string Id, string Handle, JsonRequest Json)> Entries(JsonRequest call, string kind)
    {
        var entries = call.Objects("Entries").Select(static entry => (Id: entry.Text("Id") ?? throw SqsRequest.Missing("Id"), Handle: entry.Required("ReceiptHandle"), Json: entry)).ToList();
        SendRules.CheckCount(entries.Count, kind);
        SendRules.CheckIds([.. entries.Select(static entry => entry.Id)]);
        return entries;
    }

    private static JsonObject Message(MessageQueue queue, ReceivedMessage message, HashSet<string> asked, List<string> names)
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

        if (names.Count > 0 && SqsMessageAttributes.Wanted(message.Attributes, names) is { Count: > 0 } wanted)
        {
            json["MD5OfMessageAttributes"] = MessageAttributes.Md5(wanted);
            json["MessageAttributes"] = SqsMessageAttributes.Json(wanted);
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

        if (message.GroupId is { } group)
        {
            yield return ("MessageGroupId", group);
        }

        if (queue.Options.Fifo)
        {
            yield return ("SequenceNumber", message.SequenceNumber);
            yield return ("MessageDeduplicationId", message.DeduplicationId);
        }
    }

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
