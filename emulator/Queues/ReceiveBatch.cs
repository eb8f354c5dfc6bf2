namespace DataToEvents.Emulator.Queues;

/// <summary>The messages that one receive takes from the backlog.</summary>
internal sealed class ReceiveBatch
{
    /// <summary>Messages to hand out.</summary>
    public List<Message> Messages { get; } = [];

    /// <summary>Messages that were received too often and go to the dead-letter queue.</summary>
    public List<Message> Dead { get; } = [];

    /// <summary>The bytes of all bodies to hand out.</summary>
    public long Bytes { get; private set; }

    public bool IsEmpty => Messages.Count + Dead.Count == 0;

    public void Add(Message message)
    {
        Messages.Add(message);
        Bytes += message.BodyLength;
    }

    /// <summary>The messages to hand out, without those that were deleted before their content could be read.</summary>
    public List<ReceivedMessage> Received()
    {
        var received = new List<ReceivedMessage>(Messages.Count);
        foreach (var message in Messages)
        {
            if (message.Content is { } content)
            {
                received.Add(new ReceivedMessage(message, content));
            }
        }

        return received;
    }
}
