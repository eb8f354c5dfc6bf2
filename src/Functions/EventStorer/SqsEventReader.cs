using System.Text.Json;
using Amazon.Lambda.SQSEvents;
using DataToEvents.Domain;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.EventStorer;

/// <summary>Reads SQS's event in one pass.</summary>
internal static class SqsEventReader
{
    private static readonly string[] Asked = [Function.MessageGroupId, Function.SequenceNumber];

    /// <exception cref="JsonException">The bytes are no JSON, or not of SQS's form.</exception>
    public static DecodedEvent Read(ReadOnlySpan<byte> json)
    {
        var arena = new ByteArena();
        return new DecodedEvent(arena) { Records = EventBytes.Records<SQSEvent.SQSMessage>(json, arena, Message) };
    }

    private static DecodedMessage Message(ref Utf8JsonReader reader, ByteArena arena)
    {
        var message = new DecodedMessage();
        while (reader.NextMember())
        {
            if (reader.Is("messageId"u8))
            {
                message.MessageId = reader.NextText();
            }
            else if (reader.Is("body"u8))
            {
                message.Utf8Body = reader.NextText(arena);
            }
            else if (reader.Is("attributes"u8) && reader.NextObject())
            {
                message.Attributes = Attributes(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return message;
    }

    private static Dictionary<string, string?> Attributes(ref Utf8JsonReader reader)
    {
        var attributes = new Dictionary<string, string?>(Asked.Length);
        while (reader.NextMember())
        {
            if (reader.NameAmong(Asked) is { } name)
            {
                attributes[name] = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        return attributes;
    }
}
