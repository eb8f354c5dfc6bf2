using System.Text.Json;
using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Application.EventStorer;
using DataToEvents.Domain;
using DataToEvents.Functions.Shared;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>Reads a DynamoDB stream's event in one pass.</summary>
internal static class ChangesReader
{
    private static readonly string[] Asked = [EventItem.PartitionKey, EventItem.Sequence, EventItem.Envelope];

    /// <exception cref="JsonException">The bytes are no JSON, or not of DynamoDB's form.</exception>
    public static DecodedEvent Read(ReadOnlySpan<byte> json)
    {
        var arena = new ByteArena();
        return new DecodedEvent(arena) { Records = EventBytes.Records<DynamoDBEvent.DynamodbStreamRecord>(json, arena, Record) };
    }

    private static DynamoDBEvent.DynamodbStreamRecord Record(ref Utf8JsonReader reader, ByteArena arena)
    {
        var record = new DynamoDBEvent.DynamodbStreamRecord();
        while (reader.NextMember())
        {
            if (reader.Is("eventID"u8))
            {
                record.EventID = reader.NextText();
            }
            else if (reader.Is("eventName"u8))
            {
                record.EventName = reader.NextText();
            }
            else if (reader.Is("eventSourceARN"u8))
            {
                record.EventSourceArn = reader.NextText();
            }
            else if (reader.Is("dynamodb"u8) && reader.NextObject())
            {
                record.Dynamodb = Change(ref reader, arena);
            }
            else if (reader.Is("userIdentity"u8) && reader.NextObject())
            {
                record.UserIdentity = Identity(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return record;
    }

    private static DynamoDBEvent.StreamRecord Change(ref Utf8JsonReader reader, ByteArena arena)
    {
        var change = new DynamoDBEvent.StreamRecord();
        while (reader.NextMember())
        {
            if (reader.Is("SequenceNumber"u8))
            {
                change.SequenceNumber = reader.NextText();
            }
            else if (reader.Is("Keys"u8) && reader.NextObject())
            {
                change.Keys = Attributes(ref reader, arena);
            }
            else if (reader.Is("NewImage"u8) && reader.NextObject())
            {
                change.NewImage = Attributes(ref reader, arena);
            }
            else if (reader.Is("OldImage"u8) && reader.NextObject())
            {
                change.OldImage = Attributes(ref reader, arena);
            }
            else
            {
                reader.Skip();
            }
        }

        return change;
    }

    private static DynamoDBEvent.Identity Identity(ref Utf8JsonReader reader)
    {
        var identity = new DynamoDBEvent.Identity();
        while (reader.NextMember())
        {
            if (reader.Is("principalId"u8))
            {
                identity.PrincipalId = reader.NextText();
            }
            else
            {
                reader.Skip();
            }
        }

        return identity;
    }

    private static Dictionary<string, DynamoDBEvent.AttributeValue> Attributes(ref Utf8JsonReader reader, ByteArena arena)
    {
        var attributes = new Dictionary<string, DynamoDBEvent.AttributeValue>(Asked.Length);
        while (reader.NextMember())
        {
            if (reader.NameAmong(Asked) is { } name && reader.NextObject())
            {
                attributes[name] = Attribute(ref reader, arena);
            }
            else
            {
                reader.Skip();
            }
        }

        return attributes;
    }

    private static DecodedAttribute Attribute(ref Utf8JsonReader reader, ByteArena arena)
    {
        var attribute = new DecodedAttribute();
        while (reader.NextMember())
        {
            if (reader.Is("S"u8))
            {
                attribute.Text = reader.NextText(arena);
            }
            else if (reader.Is("B"u8) && reader.NextString())
            {
                attribute.B = new MemoryStream(reader.GetBytesFromBase64());
            }
            else
            {
                reader.Skip();
            }
        }

        return attribute;
    }
}
