namespace DataToEvents.Emulator.Queues;

/// <summary>A message as the queue holds it in memory; what is large stays on disk once the backlog has grown.</summary>
internal sealed class Message
{
    public required long Sequence { get; init; }

    public required Guid Id { get; init; }

    public required MessageGroup Group { get; init; }

    public required long SentMs { get; init; }

    public required int BodyLength { get; init; }

    /// <summary>Default when there is nothing to remember once it is deleted.</summary>
    public required DeduplicationKey Key { get; init; }

    /// <summary>Null: to be loaded when the message is received.</summary>
    public MessageContent? Content { get; set; }

    public int ReceiveCount { get; set; }

    public long FirstReceivedMs { get; set; }

    /// <summary>Distinguishes this receive from any other, for the receipt handle.</summary>
    public long Receipt { get; set; }

    /// <summary>When it becomes visible again; null while it is visible.</summary>
    public long? HiddenUntilMs { get; set; }

    /// <summary>Neighbours in the order of the group.</summary>
    public Message? PreviousInGroup { get; set; }

    public Message? NextInGroup { get; set; }

    /// <summary>Neighbours in the order of the queue.</summary>
    public Message? Previous { get; set; }

    public Message? Next { get; set; }
}

/// <param name="DeduplicationId">The sender's, or null.</param>
/// <param name="Body">UTF-8.</param>
/// <param name="Attributes">Message attributes as <see cref="MessageAttributes"/> packs them; null when there are none.</param>
internal sealed record MessageContent(string? DeduplicationId, byte[] Body, byte[]? Attributes = null);

/// <summary>The messages of one group, in order. A standard queue gives each message a group of its own.</summary>
internal sealed class MessageGroup(string? id)
{
    public string? Id { get; } = id;

    public Message? First { get; private set; }

    public Message? Last { get; private set; }

    public int InFlight { get; set; }

    /// <summary>Already in line to be received from.</summary>
    public bool InLine { get; set; }

    public bool HasTurn => InFlight == 0 && First is not null;

    public void Append(Message message)
    {
        message.PreviousInGroup = Last;
        if (Last is null)
        {
            First = message;
        }
        else
        {
            Last.NextInGroup = message;
        }

        Last = message;
    }

    public void Remove(Message message)
    {
        if (message.PreviousInGroup is { } previous)
        {
            previous.NextInGroup = message.NextInGroup;
        }
        else
        {
            First = message.NextInGroup;
        }

        if (message.NextInGroup is { } next)
        {
            next.PreviousInGroup = message.PreviousInGroup;
        }
        else
        {
            Last = message.PreviousInGroup;
        }
    }
}
