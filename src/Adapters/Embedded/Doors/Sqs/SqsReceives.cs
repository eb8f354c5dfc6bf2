using System.Globalization;
using System.Text.Json;
using DataToEvents.Adapters.Embedded.Doors.Json;
using DataToEvents.Adapters.Embedded.Queue;

namespace DataToEvents.Adapters.Embedded.Doors.Sqs;

internal static class SqsReceives
{
    public static async Task ReceiveAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer, CancellationToken cancellationToken)
    {
        var visibility = Seconds(call.Number("VisibilityTimeout"));
        var wait = Seconds(call.Number("WaitTimeSeconds"));
        var messages = await queue.ReceiveAsync(call.Number("MaxNumberOfMessages") ?? 1, visibility, wait, cancellationToken);
        answer.WriteStartObject();
        if (messages.Count > 0)
        {
            answer.WriteStartArray("Messages"u8);
            foreach (var message in messages)
            {
                Write(answer, queue, message);
            }

            answer.WriteEndArray();
        }

        answer.WriteEndObject();
    }

    public static async Task DeleteAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var errors = await queue.DeleteBatchAsync([call.RequiredText("ReceiptHandle")]);
        Throw(errors[0]);
        SqsService.WriteEmpty(answer);
    }

    public static async Task DeleteBatchAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var entries = call.Objects("Entries").Select(entry => (Id: entry.RequiredText("Id"), Handle: entry.RequiredText("ReceiptHandle"))).ToList();
        var errors = await queue.DeleteBatchAsync([.. entries.Select(entry => entry.Handle)]);
        WriteOutcomes(answer, [.. entries.Zip(errors, (entry, error) => (entry.Id, error))]);
    }

    public static Task ChangeVisibilityAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var timeout = Seconds(call.Number("VisibilityTimeout")) ?? throw SqsService.Error("MissingParameter", "The request must contain the parameter VisibilityTimeout.");
        Throw(queue.ChangeVisibility(call.RequiredText("ReceiptHandle"), timeout));
        SqsService.WriteEmpty(answer);
        return Task.CompletedTask;
    }

    public static void ChangeVisibilityBatch(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var outcomes = call.Objects("Entries").Select(entry => (
            Id: entry.RequiredText("Id"),
            Error: queue.ChangeVisibility(entry.RequiredText("ReceiptHandle"), Seconds(entry.Number("VisibilityTimeout")) ?? queue.Options.VisibilityTimeout))).ToList();
        WriteOutcomes(answer, outcomes);
    }

    private static void WriteOutcomes(Utf8JsonWriter answer, List<(string Id, EntryError? Error)> outcomes)
    {
        answer.WriteStartObject();
        answer.WriteStartArray("Successful"u8);
        foreach (var (id, _) in outcomes.Where(outcome => outcome.Error is null))
        {
            answer.WriteStartObject();
            answer.WriteString("Id"u8, id);
            answer.WriteEndObject();
        }

        answer.WriteEndArray();
        SqsFailures.Write(answer, outcomes.Where(outcome => outcome.Error is not null).Select(outcome => (outcome.Id, outcome.Error!)));
        answer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter answer, MessageQueue queue, ReceivedMessage message)
    {
        answer.WriteStartObject();
        answer.WriteString("MessageId"u8, message.MessageId);
        answer.WriteString("ReceiptHandle"u8, message.ReceiptHandle);
        answer.WriteString("MD5OfBody"u8, SqsFailures.Md5(message.Body.Span));
        answer.WriteString("Body"u8, message.Body.Span);
        // All of them, whichever were asked for: they cost nothing here.
        answer.WriteStartObject("Attributes"u8);
        answer.WriteString("ApproximateReceiveCount"u8, message.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        answer.WriteString("SentTimestamp"u8, Epoch(message.Sent));
        answer.WriteString("ApproximateFirstReceiveTimestamp"u8, Epoch(message.FirstReceived));
        answer.WriteString("SenderId"u8, queue.Options.AccountId);
        if (queue.Options.Fifo)
        {
            answer.WriteString("SequenceNumber"u8, message.SequenceNumber);
            answer.WriteString("MessageGroupId"u8, message.GroupId);
            answer.WriteString("MessageDeduplicationId"u8, message.DeduplicationId);
        }

        answer.WriteEndObject();
        SqsMessageAttributes.Write(answer, message.Attributes);
        answer.WriteEndObject();
    }

    private static void Throw(EntryError? error)
    {
        if (error is not null)
        {
            throw SqsService.Error(error.Code, error.Message);
        }
    }

    private static string Epoch(DateTimeOffset time) => time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static TimeSpan? Seconds(int? seconds) => seconds is { } number ? TimeSpan.FromSeconds(number) : null;
}
