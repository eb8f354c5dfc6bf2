using Amazon.Lambda.SQSEvents;
using DataToEvents.Domain;

namespace DataToEvents.Functions.EventStorer;

/// <summary>SQS's event with its messages' bodies as bytes, in an arena that the function gives back.</summary>
public sealed class DecodedEvent(ByteArena arena) : SQSEvent
{
    public ByteArena Arena => arena;
}

/// <summary>A message whose body is UTF-8 instead of text. Of its attributes it has those that the function asks for.</summary>
public sealed class DecodedMessage : SQSEvent.SQSMessage
{
    /// <summary>Null when the message came without a body.</summary>
    public ReadOnlyMemory<byte>? Utf8Body { get; set; }
}
