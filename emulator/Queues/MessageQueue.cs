using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

/// <summary>
/// An SQS queue, FIFO (deduplication scope: the message group) or standard. What it acknowledged is on disk; who is in flight
/// is known in memory only, so that a crash makes messages visible again. All members may be called from any thread.
/// </summary>
#pragma warning disable CA1711 // It is one.
public sealed partial class MessageQueue : IAsyncDisposable
#pragma warning restore CA1711
{
    private const int ReservedAtOnce = 1_000_000;
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly Database _database;
    private readonly QueueSql _journal;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly QueueBacklog _backlog = new();
    private readonly DeduplicationWindow _window = new();
    private readonly ITimer _timer;
    private long _sequence;
    private long _reserved;
    private int _heldBodies;
    private long _heldBytes;
    private QueueCounters _counters;

    private MessageQueue(Database database, QueueSql journal, QueueOptions options, TimeProvider time, Random random)
    {
        (_database, _journal, Options, _time, _random) = (database, journal, options, time, random);
        (_sequence, _reserved) = (journal.Reserved, journal.Reserved);
        _timer = time.CreateTimer(_ => OnVisibleAgain(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public QueueOptions Options { get; }

    public QueueStats Stats
    {
        get
        {
            lock (_gate)
            {
                var age = _backlog.Oldest is { } oldest ? TimeSpan.FromMilliseconds(NowMs - oldest.SentMs) : TimeSpan.Zero;
                return new QueueStats(
                    _backlog.Count, _backlog.InFlight, age, _counters.Sent, _counters.Deduplicated, _counters.Received, _counters.Redelivered,
                    _counters.Deleted, _counters.Expired, _counters.DeadLettered);
            }
        }
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private long RememberFromMs => NowMs - (long)QueueLimits.DeduplicationWindow.TotalMilliseconds;

    /// <summary>Opens the queue of that name with all that it held, or creates it.</summary>
    /// <exception cref="QueueException">The options contradict each other.</exception>
    public static async Task<MessageQueue> OpenAsync(Database database, QueueOptions options, TimeProvider time, Random random)
    {
        options.Validate();
        QueueSql.Define(database);
        var seed = random.NextInt64();
        return await database.InTransactionAsync(connection =>
        {
            var queue = new MessageQueue(database, QueueSql.Open(connection, options.Name, seed), options, time, random);
            queue.Restore(connection);
            return queue;
        });
    }

    /// <summary>Whether a queue of that name was ever opened in the database.</summary>
    public static Task<bool> ExistsAsync(Database database, string name)
    {
        QueueSql.Define(database);
        return database.InTransactionAsync(connection => QueueSql.Exists(connection, name));
    }

    /// <summary>Housekeeping until cancelled: forgets expired deduplication ids and messages.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(SweepInterval, _time, cancellationToken);
                await SweepAsync();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    /// <summary>Puts a durable message in line.</summary>
    private void Admit(Message message)
    {
        if (message.Content is not null)
        {
            if (_heldBodies >= Options.MaxHeldBodies || _heldBytes + message.BodyLength > Options.MaxHeldBytes)
            {
                message.Content = null;
            }
            else
            {
                Hold(message, message.Content);
            }
        }

        _backlog.Append(message);
    }

    private void Hold(Message message, MessageContent content)
    {
        message.Content = content;
        _heldBodies++;
        _heldBytes += message.BodyLength;
    }

    private void Forget(Message message)
    {
        if (!_backlog.Contains(message))
        {
            return;
        }

        if (message.Content is not null)
        {
            _heldBodies--;
            _heldBytes -= message.BodyLength;
        }

        _backlog.Remove(message);
    }

    private DeduplicationKey KeyOf(string? groupId, string? deduplicationId) =>
        Options.Fifo && groupId is not null && deduplicationId is not null ? DeduplicationKey.Of(groupId, deduplicationId) : default;
}
