using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

public sealed partial class MessageQueue
{
    /// <summary>Bodies of one receive: even with every character escaped, the event of a function stays below Lambda's 6 MB; one message is smaller.</summary>
    private const int MaxReceiveBytes = 1_900_000;

    /// <summary>Receives messages: whole groups that have none in flight, in line, each from its oldest message on.</summary>
    /// <param name="max">1 to 10.</param>
    /// <param name="visibility">How long the messages stay hidden; null: the queue's timeout.</param>
    /// <param name="wait">How long to wait for the first message; null: not at all.</param>
    /// <param name="cancellationToken">Ends the waiting; no message is received then.</param>
    /// <returns>Empty when nothing came in time.</returns>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(
        int max = QueueLimits.MaxBatchEntries, TimeSpan? visibility = null, TimeSpan? wait = null, CancellationToken cancellationToken = default)
    {
        if (max is < 1 or > QueueLimits.MaxBatchEntries)
        {
            throw new QueueException("InvalidParameterValue", $"Value {max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }

        var until = wait is { } time && time != Timeout.InfiniteTimeSpan ? NowMs + (long)time.TotalMilliseconds : long.MaxValue;
        while (true)
        {
            Taken taken;
            TaskCompletionSource<bool>? signal = null;
            lock (_gate)
            {
                taken = Take(max, visibility ?? Options.VisibilityTimeout);
                if (taken.IsEmpty && wait is not null && NowMs < until)
                {
                    _waiting.AddLast(signal = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously));
                }
            }

            if (!taken.IsEmpty)
            {
                await SettleAsync(taken);
            }

            if (taken.Messages.Count > 0 || (signal is null && taken.IsEmpty))
            {
                return taken.Received();
            }

            if (signal is not null && !await SignalledAsync(signal, until, cancellationToken))
            {
                return [];
            }
        }
    }

    private Taken Take(int max, TimeSpan visibility)
    {
        var now = NowMs;
        var until = now + (long)visibility.TotalMilliseconds;
        var taken = new Taken();
        var room = true;
        _backlog.ShowExpired(now);
        while (room && taken.Messages.Count < max && _backlog.InFlight < QueueLimits.MaxInFlight && _backlog.TryNextGroup(out var group))
        {
            for (var message = group.First; room && message is not null && taken.Messages.Count < max; message = message.NextInGroup)
            {
                room = taken.Bytes + message.BodyLength <= MaxReceiveBytes;
                if (room)
                {
                    Take(message, taken, now, until);
                }
            }

            _backlog.StandInLine(group);
        }

        if (_backlog.HasTurn)
        {
            WakeOne();
        }

        Schedule();
        return taken;
    }

    private void Take(Message message, Taken taken, long now, long until)
    {
        _backlog.Hide(message, until);
        if (message.ReceiveCount >= Options.Redrive?.MaxReceiveCount)
        {
            taken.Dead.Add(message);
            return;
        }

        message.Receipt = _random.NextInt64();
        message.FirstReceivedMs = message.ReceiveCount++ == 0 ? now : message.FirstReceivedMs;
        taken.Add(message);
        _counters.Received++;
        _counters.Redelivered += message.ReceiveCount > 1 ? 1 : 0;
    }

    /// <summary>What has to be on disk, or read from it, before messages are handed out.</summary>
    private Task SettleAsync(Taken taken)
    {
        var repeated = taken.Messages.FindAll(message => message.ReceiveCount > 1);
        var missing = taken.Messages.FindAll(message => message.Content is null);
        if (taken.Dead.Count > 0)
        {
            return Options.Redrive!.DeadLetterQueue.ImportAsync(this, taken.Dead, asDeadLetters: true, connection => Settle(connection, repeated, missing));
        }

        return repeated.Count + missing.Count == 0 ? Task.CompletedTask : _database.InTransactionAsync(connection => Settle(connection, repeated, missing));
    }

    private void Settle(DatabaseConnection connection, List<Message> repeated, List<Message> missing)
    {
        repeated.ForEach(message => _journal.CountReceives(connection, message));
        foreach (var message in missing)
        {
            // A cache of the row: nothing that a rollback would falsify.
            var content = _journal.Load(connection, message.Sequence);
            lock (_gate)
            {
                if (content is not null && message.Content is null && _backlog.Contains(message))
                {
                    Hold(message, content);
                }
            }
        }
    }
}
