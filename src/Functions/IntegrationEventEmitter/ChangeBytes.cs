using Amazon.Lambda.DynamoDBEvents;
using DataToEvents.Domain;

namespace DataToEvents.Functions.IntegrationEventEmitter;

/// <summary>A DynamoDB stream's event with its items' text as bytes, in an arena that the function gives back. It has what the function asks for.</summary>
public sealed class DecodedEvent(ByteArena arena) : DynamoDBEvent
{
    public ByteArena Arena => arena;
}

/// <summary>An attribute whose string is UTF-8 instead of text.</summary>
public sealed class DecodedAttribute : DynamoDBEvent.AttributeValue
{
    /// <summary>Null when the attribute is no string.</summary>
    public ReadOnlyMemory<byte>? Text { get; set; }
}
