namespace DataToEvents.Emulator.Queues;

/// <summary>A message that was received.</summary>
public sealed class ReceivedMessage
{
    private readonly byte[]? _attributes;
    private readonly int _receives;

    internal ReceivedMessage(Message message, MessageContent content)
    {
        (Message, Body, DeduplicationId) = (message, content.Body, content.DeduplicationId);
        (Receipt, _receives, _attributes) = (message.Receipt, message.ReceiveCount, content.Attributes);
    }

    public Guid MessageId => Message.Id;

    public ReadOnlyMemory<byte> Body { get; }

    public IReadOnlyDictionary<string, MessageAttribute> Attributes => MessageAttributes.Unpack(_attributes);

    /// <summary>The X-Ray trace header of the sender, or null.</summary>
    public string? TraceHeader => MessageAttributes.UnpackTraceHeader(_attributes);

    /// <summary>ARN of the queue that gave the message up; null unless it is in a dead-letter queue and SQS moved it there.</summary>
    public string? DeadLetterSource => MessageAttributes.UnpackSource(_attributes);

    public string? GroupId => Message.GroupId;

    public string? DeduplicationId { get; }

    /// <summary>20 digits, increasing within the queue.</summary>
    public string SequenceNumber => MessageIds.SequenceNumber(Message.Sequence);

    /// <summary>Valid for this receive only, until its visibility timeout is over.</summary>
    public string ReceiptHandle => MessageIds.Handle(Message.Sequence, Receipt);

    /// <summary>How often the message was received, this time included. In a dead-letter queue it goes on from the count in the source (recorded on AWS).</summary>
    public int ReceiveCount => _receives + MessageAttributes.UnpackEarlierReceives(_attributes);

    public DateTimeOffset Sent => DateTimeOffset.FromUnixTimeMilliseconds(Message.SentMs);

    public DateTimeOffset FirstReceived => DateTimeOffset.FromUnixTimeMilliseconds(Message.FirstReceivedMs);

    internal Message Message { get; }

    internal long Receipt { get; }
}
