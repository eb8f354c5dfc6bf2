using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The event that Lambda passes to a function for messages of a queue.</summary>
internal static class QueueEvent
{
    private const string SenderId = "AIDAEMBEDDEDSENDER000";

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ReceivedMessage> messages, QueueOptions queue)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("Records"u8);
        var arn = queue.Arn;
        foreach (var message in messages)
        {
            Write(writer, message, queue, arn);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
    }

    private static void Write(Utf8JsonWriter writer, ReceivedMessage received, QueueOptions queue, string arn)
    {
        Span<byte> handle = stackalloc byte[16];
        MessageIds.WriteHandle(handle, received.Message.Sequence, received.Receipt);
        writer.WriteStartObject();
        writer.WriteString("messageId"u8, received.MessageId);
        writer.WriteBase64String("receiptHandle"u8, handle);
        writer.WriteString("body"u8, received.Body.Span);
        WriteAttributes(writer, received, queue.Fifo);
        var messageAttributes = received.Attributes;
        WriteMessageAttributes(writer, messageAttributes);
        if (messageAttributes.Count > 0)
        {
            writer.WriteString("md5OfMessageAttributes"u8, MessageAttributes.Md5(messageAttributes));
        }

        WriteMd5(writer, received.Body.Span);
        writer.WriteString("eventSource"u8, "aws:sqs"u8);
        writer.WriteString("eventSourceARN"u8, arn);
        writer.WriteString("awsRegion"u8, queue.Region);
        writer.WriteEndObject();
    }

    private static void WriteAttributes(Utf8JsonWriter writer, ReceivedMessage received, bool fifo)
    {
        writer.WriteStartObject("attributes"u8);
        WriteNumber(writer, "ApproximateReceiveCount"u8, received.ReceiveCount, default);
        WriteNumber(writer, "SentTimestamp"u8, received.Message.SentMs, default);
        if (fifo)
        {
            WriteNumber(writer, "SequenceNumber"u8, received.Message.Sequence, "D20");
            writer.WriteString("MessageDeduplicationId"u8, received.DeduplicationId);
        }

        if (received.GroupId is not null)
        {
            writer.WriteString("MessageGroupId"u8, received.GroupId);
        }

        if (received.TraceHeader is { } trace)
        {
            writer.WriteString("AWSTraceHeader"u8, trace);
        }

        writer.WriteString("SenderId"u8, SenderId);
        WriteNumber(writer, "ApproximateFirstReceiveTimestamp"u8, received.Message.FirstReceivedMs, default);
        writer.WriteEndObject();
    }

    // Recorded on AWS: the lists are there and empty, since SQS does not take lists yet.
    private static void WriteMessageAttributes(Utf8JsonWriter writer, IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        writer.WriteStartObject("messageAttributes"u8);
        foreach (var (name, attribute) in attributes)
        {
            writer.WriteStartObject(name);
            if (attribute.IsBinary)
            {
                writer.WriteBase64String("binaryValue"u8, attribute.Value.Span);
            }
            else
            {
                writer.WriteString("stringValue"u8, attribute.Value.Span);
            }

            writer.WriteStartArray("stringListValues"u8);
            writer.WriteEndArray();
            writer.WriteStartArray("binaryListValues"u8);
            writer.WriteEndArray();
            writer.WriteString("dataType"u8, attribute.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long number, ReadOnlySpan<char> format)
    {
        Span<byte> digits = stackalloc byte[20];
        number.TryFormat(digits, out var written, format);
        writer.WriteString(name, digits[..written]);
    }

#pragma warning disable CA5351 // SQS's checksum of bodies is MD5.
    private static void WriteMd5(Utf8JsonWriter writer, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[MD5.HashSizeInBytes];
        MD5.HashData(body, hash);
        Span<byte> hex = stackalloc byte[2 * MD5.HashSizeInBytes];
        Convert.TryToHexStringLower(hash, hex, out _);
        writer.WriteString("md5OfBody"u8, hex);
    }
#pragma warning restore CA5351
}
