namespace DataToEvents.Emulator.Queues;

/// <summary>The state that the parts of one queue share. <see cref="Gate"/> is its one lock.</summary>
internal sealed class QueueState
{
    /// <summary>How long SQS takes until a change of the deduplication scope has an effect. Source: Amazon SQS API Reference, "SetQueueAttributes".</summary>
    private static readonly TimeSpan ScopeChangeTime = TimeSpan.FromSeconds(60);

    private volatile QueueOptions _options;

    private QueueState(Database database, QueueSql sql, QueueOptions options, TimeProvider time)
    {
        (Database, Sql, _options, Time) = (database, sql, options, time);
        Numbers = new SequenceNumbers(sql.Reserved);
        Backlog = new QueueBacklog(options);
        Deduplication = new Deduplication(options);
        Waiting = new WaitingReceives(Gate, Backlog, time);
    }

    public Lock Gate { get; } = new();

    public Database Database { get; }

    public QueueSql Sql { get; }

    public QueueOptions Options => _options;

    public TimeProvider Time { get; }

    public SequenceNumbers Numbers { get; }

    public QueueBacklog Backlog { get; }

    public Deduplication Deduplication { get; }

    public WaitingReceives Waiting { get; }

    /// <summary>Set when the queue is deleted. No new call finds it, but a call that began before may still hold it.</summary>
    public bool IsDeleted { get; set; }

    public QueueCounters Counters { get; } = new();

    /// <summary>Now, in Unix milliseconds.</summary>
    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Deduplication ids of messages that were sent after this time are remembered.</summary>
    public long RememberFromMs => NowMs - (long)QueueLimits.DeduplicationWindow.TotalMilliseconds;

    /// <summary>Opens a queue with all that the database holds of it.</summary>
    public static QueueState Open(DatabaseConnection connection, Database database, QueueOptions options, long seed, TimeProvider time)
    {
        var queue = new QueueState(database, QueueSql.Open(connection, options.Name, seed), options, time);
        // There may be a million of them. Their order does not matter: the later of two messages with one id counts.
        queue.Sql.RestoreDeleted(connection, queue.Remember);
        foreach (var message in queue.Sql.Restore(connection, queue.RememberFromMs, (group, id) => queue.Deduplication.KeyOf(group, id, queue.NowMs)))
        {
            queue.Remember(new DeletedEntry(message.Key, message.Sequence, message.SentMs));
            queue.Backlog.Append(message);
        }

        return queue;
    }

    /// <summary>Changes the settings. Name and type stay.</summary>
    public void Change(QueueOptions options)
    {
        lock (Gate)
        {
            Deduplication.ChangeScope(options.DeduplicatesAcrossGroups, NowMs, NowMs + (long)ScopeChangeTime.TotalMilliseconds);
            _options = options;
        }
    }

    /// <exception cref="ServiceException">The queue is deleted.</exception>
    public void ThrowIfDeleted()
    {
        if (IsDeleted)
        {
            throw new ServiceException("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
        }
    }

    /// <summary>The id of a message that was sent to this queue.</summary>
    public Guid IdOf(long sequence) => MessageIds.Of(Sql.Seed, sequence);

    /// <summary>Deletes messages on disk, then in memory.</summary>
    public Task DeleteAsync(List<Message> messages)
    {
        if (messages.Count == 0)
        {
            return Task.CompletedTask;
        }

        var rememberFrom = RememberFromMs;
        return Database.InTransactionAsync(
            connection => Sql.Delete(connection, messages, rememberFrom),
            () => Deleted(messages));
    }

    private void Deleted(List<Message> messages)
    {
        lock (Gate)
        {
            Counters.Deleted += messages.Count;
            messages.ForEach(Backlog.Remove);
            Waiting.WakeOneIfReady();
        }
    }

    private void Remember(DeletedEntry sent) => Deduplication.Remember(sent.Key, sent.Sequence, sent.SentMs);
}
