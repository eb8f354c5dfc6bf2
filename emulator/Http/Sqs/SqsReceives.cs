using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

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

    private static void Write(Utf8JsonWriter answer, MessageQueue queue, ReceivedMessage message, RequestedAttributes asked)
    {
        answer.WriteStartObject();
        answer.WriteString("MessageId"u8, message.MessageId);
        answer.WriteString("ReceiptHandle"u8, message.ReceiptHandle);
        answer.WriteString("MD5OfBody"u8, SqsFailures.Md5(message.Body.Span));
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
