using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

/// <summary>How a queue comes back from disk.</summary>
public sealed partial class MessageQueue
{
    private void Restore(DatabaseConnection connection)
    {
        // There may be a million of them; whatever their order, of two that one id stands for the later one counts.
        _journal.RestoreDeleted(connection, sent => Remember(sent.Key, sent.Sequence, sent.SentMs));
        var rememberFrom = RememberFromMs;
        foreach (var stored in _journal.Restore(connection))
        {
            // What came from another queue is not what a sender's deduplication id stands for.
            var key = stored.Id is null && stored.SentMs > rememberFrom ? KeyOf(stored.GroupId, stored.DeduplicationId) : default;
            Remember(key, stored.Sequence, stored.SentMs);
            Admit(new Message
            {
                Sequence = stored.Sequence,
                Id = stored.Id ?? MessageIds.Of(_journal.Seed, stored.Sequence),
                Group = _backlog.GroupOf(stored.GroupId, Options.Fifo),
                SentMs = stored.SentMs,
                BodyLength = stored.BodyLength,
                Key = key,
                ReceiveCount = stored.ReceiveCount,
                FirstReceivedMs = stored.FirstReceivedMs,
            });
        }
    }

    private void Remember(DeduplicationKey key, long sequence, long sentMs)
    {
        if (key != default)
        {
            _window.Remember(key, sequence, sentMs);
        }
    }
}
