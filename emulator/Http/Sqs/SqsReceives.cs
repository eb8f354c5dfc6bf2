using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>ReceiveMessage, and the calls to delete a received message or to change its visibility.</summary>
internal static class SqsReceives
{
    public static async Task ReceiveAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        var visibility = Seconds(call.Number("VisibilityTimeout"));
        var wait = Seconds(call.Number("WaitTimeSeconds"));
        var messages = await queue.ReceiveAsync(call.Number("MaxNumberOfMessages") ?? 1, visibility, wait, cancellationToken);
        var asked = new RequestedAttributes(call);
        answer.WriteStartObject();
        if (messages.Count > 0)
        {
            answer.WriteStartArray("Messages"u8);
            foreach (var message in messages)
            {
                Write(answer, queue, message, asked);
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
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
        var timeout = Seconds(call.Number("VisibilityTimeout")) ?? throw SqsService.Error("MissingParameter", "The request must contain the parameter VisibilityTimeout.");
        SqsResponse.ThrowIfFailed(queue.ChangeVisibility(call.RequiredText("ReceiptHandle"), timeout));
        return [];
    }

    public static JsonObject ChangeVisibilityBatch(MessageQueue queue, JsonRequest call) => SqsResponse.Batch([.. call.Objects("Entries").Select(entry => (
        entry.RequiredText("Id"),
        queue.ChangeVisibility(entry.RequiredText("ReceiptHandle"), Seconds(entry.Number("VisibilityTimeout")) ?? queue.Options.VisibilityTimeout),
        new JsonObject()))]);

    private static void Write(Utf8JsonWriter answer, MessageQueue queue, ReceivedMessage message, RequestedAttributes asked)
    {
        answer.WriteStartObject();
        answer.WriteString("MessageId"u8, message.MessageId);
        answer.WriteString("ReceiptHandle"u8, message.ReceiptHandle);
        answer.WriteString("MD5OfBody"u8, SqsResponse.Md5(message.Body.Span));
        answer.WriteString("Body"u8, message.Body.Span);
        asked.WriteOfSystem(answer, OfSystem(queue, message));
        if (asked.OfMessages)
        {
            SqsMessageAttributes.Write(answer, message.Attributes);
        }

        answer.WriteEndObject();
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
