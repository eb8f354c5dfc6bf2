namespace DataToEvents.Emulator.Queues;

/// <summary>A message as the queue holds it in memory. Its content stays on disk when many messages wait.</summary>
internal sealed class Message
{
    /// <summary>The neighbours in the order of the group.</summary>
    public MessageLinks InGroup;

    /// <summary>The neighbours in the order of the queue.</summary>
    public MessageLinks InQueue;

    public required long Sequence { get; init; }

    public required Guid Id { get; init; }

    public required string? GroupId { get; set; }

    /// <summary>Unix milliseconds.</summary>
    public required long SentMs { get; init; }

    /// <summary>When the message may be received first, in Unix milliseconds; 0: at once.</summary>
    public long DueMs { get; set; }

    /// <summary>Whether it waits for that time. It is in no group meanwhile.</summary>
    public bool IsDelayed { get; set; }

    /// <summary>Bytes.</summary>
    public required int BodyLength { get; init; }

    /// <summary>The deduplication id to remember after the message is deleted; default: none.</summary>
    public required DeduplicationKey Key { get; init; }

    /// <summary>Set when the message may be received.</summary>
    public MessageGroup Group { get; private set; } = null!;

    /// <summary>Null: it has to be loaded when the message is received.</summary>
    public MessageContent? Content { get; set; }

    public int ReceiveCount { get; set; }

    /// <summary>Unix milliseconds; 0: never received.</summary>
    public long FirstReceivedMs { get; set; }

    /// <summary>A random number for the last receive. It is part of the receipt handle.</summary>
    public long Receipt { get; set; }

    /// <summary>When the message becomes visible again, in Unix milliseconds; null while it is visible.</summary>
    public long? HiddenUntilMs { get; set; }

    public void Join(MessageGroup group)
    {
        Group = group;
        // One string for all messages of a group.
        GroupId = group.Id;
    }
}

/// <summary>The part of a message that can stay on disk.</summary>
/// <param name="DeduplicationId">The sender's, or null.</param>
/// <param name="Body">UTF-8.</param>
/// <param name="Attributes">Message attributes as <see cref="MessageAttributes"/> packs them; null when there are none.</param>
internal sealed record MessageContent(string? DeduplicationId, byte[] Body, byte[]? Attributes = null);
