namespace DataToEvents.Emulator.Queues;

/// <summary>A message as an operator sees it.</summary>
public sealed class ListedMessage
{
    internal ListedMessage(Message message, MessageContent content)
    {
        (MessageId, GroupId, DeduplicationId, Body) = (message.Id, message.Group.Id, content.DeduplicationId, content.Body);
        (SequenceNumber, Sent) = (MessageIds.SequenceNumber(message.Sequence), DateTimeOffset.FromUnixTimeMilliseconds(message.SentMs));
        Attributes = MessageAttributes.Unpack(content.Attributes);
        (ReceiveCount, InFlight) = (message.ReceiveCount, message.HiddenUntilMs is not null);
    }

    public Guid MessageId { get; }

    public string? GroupId { get; }

    public string? DeduplicationId { get; }

    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>Message attributes of the type String.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; }

    public string SequenceNumber { get; }

    public DateTimeOffset Sent { get; }

    public int ReceiveCount { get; }

    public bool InFlight { get; }
}
