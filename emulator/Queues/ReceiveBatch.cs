namespace DataToEvents.Emulator.Queues;

/// <summary>What one receive takes: messages to hand out, and messages that were received too often.</summary>
internal sealed class Taken
{
    public List<Message> Messages { get; } = [];

    public List<Message> Dead { get; } = [];

    public long Bytes { get; private set; }

    public bool IsEmpty => Messages.Count + Dead.Count == 0;

    public void Add(Message message)
    {
        Messages.Add(message);
        Bytes += message.BodyLength;
    }

    /// <summary>Without those that an operator deleted in the meantime.</summary>
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
