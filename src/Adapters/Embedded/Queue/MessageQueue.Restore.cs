using DataToEvents.Adapters.Embedded.Storage;

namespace DataToEvents.Adapters.Embedded.Queue;

/// <summary>How a queue comes back from disk.</summary>
public sealed partial class MessageQueue
{
    private void Restore(Session session)
    {
        var rememberFrom = RememberFromMs;
        var remembered = new List<DeletedEntry>();
        foreach (var stored in _journal.Restore(session))
        {
            // What came from another queue is not what a sender's deduplication id stands for.
            var key = stored.Id is null && stored.SentMs > rememberFrom ? KeyOf(stored.GroupId, stored.DeduplicationId) : default;
            remembered.Add(new DeletedEntry(key, stored.Sequence, stored.SentMs));
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

        // In the order of sending: a deleted message must not hide one that was sent later under the same id and still waits.
        foreach (var sent in remembered.Concat(_journal.RestoreDeleted(session)).OrderBy(sent => sent.SentMs).ThenBy(sent => sent.Sequence))
        {
            Remember(sent.Key, sent.Sequence, sent.SentMs);
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
