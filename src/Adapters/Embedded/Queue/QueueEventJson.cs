using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Queue;

/// <summary>Writes the event that Lambda passes for a batch of messages.</summary>
internal sealed class QueueEventJson(QueueOptions queue)
{
    private const int OverheadPerMessage = 1_024;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public ReadOnlyMemory<byte> Event(IReadOnlyList<ReceivedMessage> messages)
    {
        var buffer = new ArrayBufferWriter<byte>(messages.Sum(message => message.Body.Length + (message.Body.Length / 8) + OverheadPerMessage));
        using var json = new Utf8JsonWriter(buffer, Relaxed);
        json.WriteStartObject();
        json.WriteStartArray("Records"u8);
        foreach (var message in messages)
        {
            Write(json, message);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private void Write(Utf8JsonWriter json, ReceivedMessage message)
    {
        json.WriteStartObject();
        json.WriteString("messageId"u8, message.MessageId);
        json.WriteString("receiptHandle"u8, message.ReceiptHandle);
        json.WriteString("body"u8, message.Body.Span);
        WriteAttributes(json, message);
        json.WriteStartObject("messageAttributes"u8);
        json.WriteEndObject();
        json.WriteString("md5OfBody"u8, Md5(message.Body.Span));
        json.WriteString("eventSource"u8, "aws:sqs"u8);
        json.WriteString("eventSourceARN"u8, queue.Arn);
        json.WriteString("awsRegion"u8, queue.Region);
        json.WriteEndObject();
    }

    private void WriteAttributes(Utf8JsonWriter json, ReceivedMessage message)
    {
        json.WriteStartObject("attributes"u8);
        json.WriteString("ApproximateReceiveCount"u8, message.ReceiveCount.ToString(CultureInfo.InvariantCulture));
        json.WriteString("SentTimestamp"u8, message.Sent.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        json.WriteString("SenderId"u8, queue.AccountId);
        json.WriteString("ApproximateFirstReceiveTimestamp"u8, message.FirstReceived.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        if (queue.Fifo)
        {
            json.WriteString("SequenceNumber"u8, message.SequenceNumber);
            json.WriteString("MessageGroupId"u8, message.GroupId);
            json.WriteString("MessageDeduplicationId"u8, message.DeduplicationId);
        }

        json.WriteEndObject();
    }

#pragma warning disable CA5351 // Not for security: SQS's own checksum of a body.
    private static string Md5(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(MD5.HashData(body));
#pragma warning restore CA5351
}
