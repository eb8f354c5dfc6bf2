namespace DataToEvents.Emulator.Queues;

/// <summary>How messages are received: takes ready groups, puts their messages in flight, and moves those received too often to the dead-letter queue.</summary>
/// <param name="queue">The queue.</param>
/// <param name="random">Makes receipt handles.</param>
internal sealed class QueueReceives(QueueState queue, Random random)
{
    /// <summary>The bytes of all bodies of one receive. Even with every character escaped, the event of a function stays below Lambda's 6 MB. One message is always smaller.</summary>
    private const int MaxReceiveBytes = 1_900_000;

    /// <inheritdoc cref="MessageQueue.ReceiveAsync"/>
    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int max, TimeSpan? visibility, TimeSpan? wait, CancellationToken cancellationToken)
    {
        if (max is < 1 or > QueueLimits.MaxBatchEntries)
        {
            throw new ServiceException("InvalidParameterValue", $"Value {max} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        }

        var until = wait is { } time && time != Timeout.InfiniteTimeSpan ? queue.NowMs + (long)time.TotalMilliseconds : long.MaxValue;
        while (true)
        {
            ReceiveBatch batch;
            TaskCompletionSource<bool>? signal = null;
            lock (queue.Gate)
            {
                batch = Take(max, visibility ?? queue.Options.VisibilityTimeout);
                if (batch.IsEmpty && wait is not null && queue.NowMs < until)
                {
                    signal = queue.Waiting.Add();
                }
            }

            if (!batch.IsEmpty)
            {
                await SettleAsync(batch);
            }

            if (batch.Messages.Count > 0 || (signal is null && batch.IsEmpty))
            {
                return batch.Received();
            }

            if (signal is not null && !await queue.Waiting.WaitAsync(signal, until, cancellationToken))
            {
                return [];
            }
        }
    }

    private ReceiveBatch Take(int max, TimeSpan visibility)
    {
        var now = queue.NowMs;
        var until = now + (long)visibility.TotalMilliseconds;
        var batch = new ReceiveBatch();
        var hasRoom = true;
        var backlog = queue.Backlog;
        backlog.ShowExpired(now);
        while (hasRoom && batch.Messages.Count < max && backlog.InFlight < QueueLimits.MaxInFlight && backlog.TryNextGroup(out var group))
        {
            for (var message = group.First; hasRoom && message is { HiddenUntilMs: null } && batch.Messages.Count < max; message = message.InGroup.Next)
            {
                hasRoom = batch.Bytes + message.BodyLength <= MaxReceiveBytes;
                if (hasRoom)
                {
                    Take(message, batch, now, until);
                }
            }

            backlog.JoinLine(group);
        }

        queue.Waiting.WakeOneIfReady();
        queue.Waiting.Schedule();
        return batch;
    }

    private void Take(Message message, ReceiveBatch batch, long now, long until)
    {
        queue.Backlog.Hide(message, until);
        if (queue.Options.Redrive is { DeadLetterQueue.State.IsDeleted: false } redrive && message.ReceiveCount >= redrive.MaxReceiveCount)
        {
            batch.Dead.Add(message);
            return;
        }

        message.Receipt = random.NextInt64();
        message.FirstReceivedMs = message.ReceiveCount++ == 0 ? now : message.FirstReceivedMs;
        batch.Add(message);
        queue.Counters.Received++;
        queue.Counters.Redelivered += message.ReceiveCount > 1 ? 1 : 0;
    }

    /// <summary>Before messages are handed out: moves dead letters, writes the counts of repeated receives, and loads contents that are only on disk.</summary>
    private Task SettleAsync(ReceiveBatch batch)
    {
        var repeated = batch.Messages.FindAll(message => message.ReceiveCount > 1);
        var missing = batch.Messages.FindAll(message => message.Content is null);
        if (batch.Dead.Count > 0)
        {
            return MessageMoves.MoveAsync(queue, queue.Options.Redrive!.DeadLetterQueue.State, batch.Dead, Move.ToDeadLetters, connection => Settle(connection, repeated, missing));
        }

        return repeated.Count + missing.Count == 0 ? Task.CompletedTask : queue.Database.InTransactionAsync(connection => Settle(connection, repeated, missing));
    }

    private void Settle(DatabaseConnection connection, List<Message> repeated, List<Message> missing)
    {
        repeated.ForEach(message => queue.Sql.CountReceives(connection, message));
        foreach (var message in missing)
        {
            if (queue.Sql.Load(connection, message.Sequence) is { } content)
            {
                // Unlike other work in a transaction this changes memory: the content does not depend on a rollback.
                lock (queue.Gate)
                {
                    queue.Backlog.Hold(message, content);
                }
            }
        }
    }
}
