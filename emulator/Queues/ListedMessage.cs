namespace DataToEvents.Emulator.Queues;

/// <summary>A message in a listing, which receives nothing.</summary>
public sealed class ListedMessage
{
    internal ListedMessage(Message message, MessageContent content)
    {
        (MessageId, GroupId, DeduplicationId, Body) = (message.Id, message.GroupId, content.DeduplicationId, content.Body);
        (SequenceNumber, Sent) = (MessageIds.SequenceNumber(message.Sequence), DateTimeOffset.FromUnixTimeMilliseconds(message.SentMs));
        Attributes = MessageAttributes.Unpack(content.Attributes);
        (ReceiveCount, InFlight) = (message.ReceiveCount, message.HiddenUntilMs is not null);
    }

    public Guid MessageId { get; }

    public string? GroupId { get; }

    public string? DeduplicationId { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyDictionary<string, MessageAttribute> Attributes { get; }

    public string SequenceNumber { get; }

    public DateTimeOffset Sent { get; }

    public int ReceiveCount { get; }

    public bool InFlight { get; }
}
