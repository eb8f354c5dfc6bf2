namespace DataToEvents.Emulator.Queues;

/// <summary>What operators do with a queue, most often with a dead-letter queue.</summary>
public sealed partial class MessageQueue
{
    /// <summary>Looks at messages in the order of the queue without receiving them.</summary>
    /// <param name="after">The sequence number of the last message seen; null: from the start.</param>
    /// <param name="limit">How many at most.</param>
    public async Task<IReadOnlyList<ListedMessage>> ListAsync(string? after = null, int limit = 100)
    {
        var from = after is null ? 0 : long.Parse(after, null);
        List<Message> messages;
        lock (_gate)
        {
            messages = [.. InOrder().Where(message => message.Sequence > from).Take(limit)];
        }

        return await _database.InTransactionAsync(connection => messages
            .Select(message => (message, content: message.Content ?? _journal.Load(connection, message.Sequence)))
            .Where(found => found.content is not null)
            .Select(found => new ListedMessage(found.message, found.content!))
            .ToList());
    }

    /// <summary>Deletes one message, in flight or not.</summary>
    /// <returns>False when there is none of that sequence number.</returns>
    public async Task<bool> RemoveAsync(string sequenceNumber)
    {
        Message? message;
        lock (_gate)
        {
            if (!_backlog.TryGet(long.Parse(sequenceNumber, null), out message))
            {
                return false;
            }
        }

        await DeleteAsync([message]);
        return true;
    }

    /// <summary>Deletes all messages that are in the queue now.</summary>
    public Task PurgeAsync()
    {
        List<Message> messages;
        lock (_gate)
        {
            messages = [.. InOrder()];
        }

        return DeleteAsync(messages);
    }

    /// <summary>Deletes messages older than the retention and forgets deduplication ids older than the window.</summary>
    public async Task SweepAsync()
    {
        var now = NowMs;
        List<Message> expired;
        lock (_gate)
        {
            expired = [.. InOrder().TakeWhile(message => now - message.SentMs >= Options.Retention.TotalMilliseconds)];
        }

        await _database.InTransactionAsync(
            connection =>
            {
                _journal.Delete(connection, expired, now);
                _journal.ForgetDeleted(connection, now);
            },
            () => Expired(expired));
    }

    private void Expired(List<Message> messages)
    {
        lock (_gate)
        {
            _counters.Expired += messages.Count;
            messages.ForEach(Forget);
        }
    }

    private IEnumerable<Message> InOrder()
    {
        for (var message = _backlog.Oldest; message is not null; message = message.Next)
        {
            yield return message;
        }
    }
}
