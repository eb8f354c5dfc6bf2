namespace DataToEvents.Emulator.Queues;

/// <summary>New messages of one call on their way to disk.</summary>
internal sealed class PendingSend
{
    public List<NewMessage> Messages { get; } = [];

    public List<DeduplicationKey> Keys { get; } = [];

    public Task Commit { get; set; } = Task.CompletedTask;

    public void Add(NewMessage message, DeduplicationKey key)
    {
        Messages.Add(message);
        Keys.Add(key);
    }

    public long? Find(DeduplicationKey key)
    {
        var index = key == default ? -1 : Keys.IndexOf(key);
        return index < 0 ? null : Messages[index].Sequence;
    }
}
