using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

internal static class SqsSends
{
    public static async Task OneAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var entry = Entry(call);
        var outcome = (await queue.SendBatchAsync([entry]))[0];
        if (outcome.Error is { } error)
        {
            throw SqsService.Error(error.Code, error.Message);
        }

        answer.WriteStartObject();
        Write(answer, queue, entry, outcome);
        answer.WriteEndObject();
    }

    public static async Task BatchAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var entries = call.Objects("Entries").Select(Entry).ToList();
        var outcomes = await queue.SendBatchAsync(entries);
        answer.WriteStartObject();
        answer.WriteStartArray("Successful"u8);
        for (var i = 0; i < outcomes.Count; i++)
        {
            if (outcomes[i].Error is null)
            {
                answer.WriteStartObject();
                answer.WriteString("Id"u8, outcomes[i].Id);
                Write(answer, queue, entries[i], outcomes[i]);
                answer.WriteEndObject();
            }
        }

        answer.WriteEndArray();
        SqsFailures.Write(answer, outcomes.Where(outcome => outcome.Error is not null).Select(outcome => (outcome.Id, outcome.Error!)));
        answer.WriteEndObject();
    }

    /// <exception cref="AwsException">It asks for a delay: the message would be received at once.</exception>
    private static SendEntry Entry(JsonRequest entry) => entry.Number("DelaySeconds") is not (null or 0)
        ? throw SqsService.Error("InvalidParameterValue", "A value for parameter DelaySeconds is not supported here.")
        : new(entry.Text("MessageGroupId"), entry.Text("MessageDeduplicationId"), entry.Utf8("MessageBody"), entry.Text("Id"), SqsMessageAttributes.Read(entry), SqsMessageAttributes.ReadTraceHeader(entry));

    private static void Write(Utf8JsonWriter answer, MessageQueue queue, SendEntry entry, SendEntryResult outcome)
    {
        answer.WriteString("MessageId"u8, outcome.MessageId);
        answer.WriteString("MD5OfMessageBody"u8, SqsFailures.Md5(entry.Body.Span));
        if (entry.Attributes is { Count: > 0 } attributes)
        {
            answer.WriteString("MD5OfMessageAttributes"u8, SqsMessageAttributes.Md5(attributes));
        }

        if (entry.TraceHeader is { } trace)
        {
            answer.WriteString("MD5OfMessageSystemAttributes"u8, SqsMessageAttributes.Md5(new Dictionary<string, string> { [SqsMessageAttributes.TraceHeader] = trace }));
        }

        if (queue.Options.Fifo)
        {
            answer.WriteString("SequenceNumber"u8, outcome.SequenceNumber);
        }
    }
}
