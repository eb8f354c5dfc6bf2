namespace DataToEvents.Emulator.Queues;

/// <summary>
/// Finds the message that a deduplication id belongs to: durable messages for five minutes, and messages that are being sent.
/// A standard queue has no deduplication. Not thread-safe: use it under the queue's lock.
/// </summary>
internal sealed class Deduplication(QueueOptions options)
{
    private volatile ScopeChange _scope = new(options.DeduplicatesAcrossGroups, options.DeduplicatesAcrossGroups, 0);
    private readonly DeduplicationWindow _window = new();

    /// <summary>Sends that are not durable yet, by the ids that they will be remembered for.</summary>
    private readonly Dictionary<DeduplicationKey, PendingSend> _pending = [];

    /// <returns>Default, which belongs to no message, if there is no id.</returns>
    /// <remarks>It may be called without the lock.</remarks>
    public DeduplicationKey KeyOf(string? groupId, string? deduplicationId, long nowMs) =>
        options.Fifo && groupId is not null && deduplicationId is not null ? DeduplicationKey.Of(_scope.IsAcrossGroups(nowMs) ? "" : groupId, deduplicationId) : default;

    /// <summary>Changes whether an id is unique within the queue.</summary>
    /// <param name="acrossGroups">The new scope.</param>
    /// <param name="nowMs">Until <paramref name="fromMs"/> the scope of this time holds.</param>
    /// <param name="fromMs">From when on the new scope holds.</param>
    public void ChangeScope(bool acrossGroups, long nowMs, long fromMs)
    {
        if (acrossGroups != _scope.Next)
        {
            _scope = new ScopeChange(_scope.IsAcrossGroups(nowMs), acrossGroups, fromMs);
        }
    }

    /// <returns>The sequence number of the durable message that an id stands for, or null.</returns>
    public long? Find(DeduplicationKey key, long nowMs) => key == default ? null : _window.Find(key, nowMs);

    public void Remember(DeduplicationKey key, long sequence, long sentMs)
    {
        if (key != default)
        {
            _window.Remember(key, sequence, sentMs);
        }
    }

    /// <returns>A send that is not durable yet and has one of these ids, or null.</returns>
    public PendingSend? FindPending(DeduplicationKey[] keys)
    {
        foreach (var key in keys)
        {
            if (key != default && _pending.TryGetValue(key, out var original))
            {
                return original;
            }
        }

        return null;
    }

    public void Begin(PendingSend send)
    {
        foreach (var message in send.Messages)
        {
            if (message.Key != default)
            {
                _pending.Add(message.Key, send);
            }
        }
    }

    /// <summary>Ends a send that is durable or has failed.</summary>
    public void End(PendingSend send)
    {
        foreach (var message in send.Messages)
        {
            _pending.Remove(message.Key);
        }
    }

    /// <summary>Whether ids are unique within the queue: now, and from a time on.</summary>
    private sealed record ScopeChange(bool Now, bool Next, long FromMs)
    {
        public bool IsAcrossGroups(long nowMs) => nowMs >= FromMs ? Next : Now;
    }
}
