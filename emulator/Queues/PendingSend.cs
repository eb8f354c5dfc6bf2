namespace DataToEvents.Emulator.Queues;

/// <summary>The new messages of one call until they are durable.</summary>
internal sealed class PendingSend
{
    public List<Message> Messages { get; } = [];

    /// <summary>Completes when the messages are durable.</summary>
    public Task Commit { get; set; } = Task.CompletedTask;

    /// <returns>The sequence number of the message with that deduplication id, or null.</returns>
    public long? Find(DeduplicationKey key)
    {
        foreach (var message in Messages)
        {
            if (key != default && message.Key == key)
            {
                return message.Sequence;
            }
        }

        return null;
    }
}
