namespace DataToEvents.Emulator.Queues;

/// <summary>
/// An SQS queue, FIFO (deduplication scope: the message group) or standard, as its users see it. What it acknowledged is on disk. Which messages are in flight
/// is known in memory only: after a crash they are visible again. All members may be called from any thread.
/// </summary>
/// <remarks>
/// <see cref="QueueSends"/>, <see cref="QueueReceives"/> and <see cref="QueueReceipts"/> do what senders and consumers ask for,
/// <see cref="MessageMoves"/> dead letters; <see cref="QueueBacklog"/> holds the messages, <see cref="QueueSql"/> stores them.
/// </remarks>
#pragma warning disable CA1711 // It is one.
public sealed class MessageQueue : IAsyncDisposable
#pragma warning restore CA1711
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private readonly QueueSends _sends;
    private readonly QueueReceives _receives;
    private readonly QueueReceipts _receipts;

    private MessageQueue(QueueState state, Random random) =>
        (State, Settings, _sends, _receives, _receipts) =
        (state, new QueueSettings(IsOfClient: false, state.Time.GetUtcNow(), state.Time.GetUtcNow()), new QueueSends(state), new QueueReceives(state, random), new QueueReceipts(state));

    /// <summary>They change when a client of SQS sets attributes.</summary>
    public QueueOptions Options => State.Options;

    /// <summary>What clients of SQS set.</summary>
    public QueueSettings Settings { get; internal set; }

    public QueueStats Stats
    {
        get
        {
            lock (State.Gate)
            {
                var age = State.Backlog.Oldest is { } oldest ? TimeSpan.FromMilliseconds(State.NowMs - oldest.SentMs) : TimeSpan.Zero;
                var counters = State.Counters;
                return new QueueStats(
                    State.Backlog.Count, State.Backlog.InFlight, age, counters.Sent, counters.Deduplicated, counters.Received, counters.Redelivered,
                    counters.Deleted, counters.Expired, counters.DeadLettered)
                { Delayed = State.Backlog.Delayed };
            }
        }
    }

    internal QueueState State { get; }

    /// <summary>Opens the queue of that name with all that it held, or creates it.</summary>
    /// <exception cref="ServiceException">The options contradict each other.</exception>
    public static async Task<MessageQueue> OpenAsync(Database database, QueueOptions options, TimeProvider time, Random random)
    {
        options.Validate();
        QueueSql.Define(database);
        var seed = random.NextInt64();
        return new MessageQueue(await database.InTransactionAsync(connection => QueueState.Open(connection, database, options, seed, time)), random);
    }

    /// <summary>Whether a queue of that name was ever opened in the database.</summary>
    public static Task<bool> ExistsAsync(Database database, string name)
    {
        QueueSql.Define(database);
        return database.InTransactionAsync(connection => QueueSql.Exists(connection, name));
    }

    /// <summary>Sends messages. An entry whose deduplication id is remembered succeeds with the id of the message that it repeats.</summary>
    /// <param name="entries">1 to 10, together at most 1 MiB.</param>
    /// <returns>A result for each entry, in their order. All that succeeded is durable.</returns>
    /// <exception cref="ServiceException">SQS would refuse the call as a whole.</exception>
    public Task<IReadOnlyList<SendEntryResult>> SendBatchAsync(IReadOnlyList<SendEntry> entries) => _sends.SendBatchAsync(entries);

    /// <summary>Receives messages. Groups that have none in flight are served in turn, each from its oldest message on.</summary>
    /// <param name="max">1 to 10.</param>
    /// <param name="visibility">How long the messages stay hidden; null: the queue's timeout.</param>
    /// <param name="wait">How long to wait for the first message; null: not at all.</param>
    /// <param name="cancellationToken">Ends the waiting; no message is received then.</param>
    /// <returns>Empty when no message came in time.</returns>
    /// <exception cref="ServiceException">SQS would refuse the call.</exception>
    public Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        int max = QueueLimits.MaxBatchEntries, TimeSpan? visibility = null, TimeSpan? wait = null, CancellationToken cancellationToken = default) =>
        _receives.ReceiveAsync(max, visibility, wait, cancellationToken);

    /// <summary>Deletes received messages. Deleting a message again succeeds.</summary>
    /// <param name="receiptHandles">1 to 10.</param>
    /// <returns>For each handle its error, or null. What succeeded is durable.</returns>
    /// <exception cref="ServiceException">SQS would refuse the call as a whole.</exception>
    public Task<IReadOnlyList<EntryError?>> DeleteBatchAsync(IReadOnlyList<string> receiptHandles) => _receipts.DeleteBatchAsync(receiptHandles);

    /// <summary>Hides a received message for that time from now on; zero makes it visible at once.</summary>
    /// <returns>The error, or null.</returns>
    public EntryError? ChangeVisibility(string receiptHandle, TimeSpan timeout) => _receipts.ChangeVisibility(receiptHandle, timeout);

    /// <summary>Lists messages in the order of the queue without receiving them.</summary>
    /// <param name="after">The sequence number of the last message seen; null: from the start.</param>
    /// <param name="limit">How many at most.</param>
    public async Task<IReadOnlyList<ListedMessage>> ListAsync(string? after = null, int limit = 100)
    {
        var from = after is null ? 0 : long.Parse(after, null);
        var messages = Select(all => all.Where(message => message.Sequence > from).Take(limit));
        return await State.Database.InTransactionAsync(connection => messages
            .Select(message => (message, content: message.Content ?? State.Sql.Load(connection, message.Sequence)))
            .Where(found => found.content is not null)
            .Select(found => new ListedMessage(found.message, found.content!))
            .ToList());
    }

    /// <summary>Deletes one message, in flight or not.</summary>
    /// <returns>False when no message has that sequence number.</returns>
    public async Task<bool> RemoveAsync(string sequenceNumber)
    {
        Message? message;
        lock (State.Gate)
        {
            if (!State.Backlog.TryGet(long.Parse(sequenceNumber, null), out message))
            {
                return false;
            }
        }

        await State.DeleteAsync([message]);
        return true;
    }

    /// <summary>Deletes all messages that are in the queue now.</summary>
    public Task PurgeAsync() => State.DeleteAsync(Select(all => all));

    /// <summary>
    /// Moves the messages that are in this dead-letter queue now to another queue, in order and each exactly once. As with SQS they get
    /// new ids and a new enqueue time. Groups that have messages in flight stay where they are.
    /// </summary>
    /// <param name="to">The queue that gets them.</param>
    /// <param name="perSecond">How many messages a second at most; null: no limit.</param>
    /// <param name="progress">Gets the number of messages moved so far; may be null.</param>
    /// <param name="cancellationToken">Ends the redrive between two batches.</param>
    /// <returns>How many were moved.</returns>
    public Task<int> RedriveAsync(MessageQueue to, int? perSecond = null, Action<int>? progress = null, CancellationToken cancellationToken = default) =>
        MessageMoves.RedriveAsync(State, to.State, perSecond, progress, cancellationToken);

    /// <summary>Like RedriveAsync, but each message goes back to the queue from which it came to this one.</summary>
    /// <param name="byArn">Finds the queues.</param>
    /// <param name="perSecond">How many messages a second at most; null: no limit.</param>
    /// <param name="progress">Gets the number of messages moved so far; may be null.</param>
    /// <param name="cancellationToken">Ends the redrive between two batches.</param>
    /// <returns>How many were moved.</returns>
    /// <exception cref="ServiceException">CouldNotDetermineMessageSource: a client sent one of the next messages to this queue.</exception>
    public Task<int> RedriveToSourcesAsync(Func<string, MessageQueue?> byArn, int? perSecond = null, Action<int>? progress = null, CancellationToken cancellationToken = default) =>
        MessageMoves.RedriveToSourcesAsync(State, byArn, perSecond, progress, cancellationToken);

    /// <summary>Deletes messages older than the retention and forgets deduplication ids older than five minutes.</summary>
    public Task SweepAsync()
    {
        var now = State.NowMs;
        var expired = Select(all => all.TakeWhile(message => now - message.SentMs >= Options.Retention.TotalMilliseconds));
        return State.Database.InTransactionAsync(
            connection =>
            {
                State.Sql.Delete(connection, expired, now);
                State.Sql.ForgetDeleted(connection, now);
            },
            () => Expired(expired));
    }

    /// <summary>Sweeps every 30 seconds until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepInterval, State.Time, cancellationToken);
                await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    public ValueTask DisposeAsync() => State.Waiting.DisposeAsync();

    /// <summary>Deletes those of the messages that this receive still holds.</summary>
    internal Task DeleteAsync(IEnumerable<ReceivedMessage> received) => _receipts.DeleteAsync(received);

    /// <summary>Changes the visibility of those of the messages that this receive still holds.</summary>
    internal void ChangeVisibility(IEnumerable<ReceivedMessage> received, TimeSpan timeout) => _receipts.ChangeVisibility(received, timeout);

    private List<Message> Select(Func<IEnumerable<Message>, IEnumerable<Message>> choose)
    {
        lock (State.Gate)
        {
            return [.. choose(State.Backlog.InOrder())];
        }
    }

    private void Expired(List<Message> messages)
    {
        lock (State.Gate)
        {
            State.Counters.Expired += messages.Count;
            messages.ForEach(State.Backlog.Remove);
        }
    }
}
