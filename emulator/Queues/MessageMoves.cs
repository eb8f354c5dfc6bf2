namespace DataToEvents.Emulator.Queues;

/// <summary>Moves messages between a queue and its dead-letter queue.</summary>
internal static class MessageMoves
{
    private const int MovedAtOnce = 100;

    /// <inheritdoc cref="MessageQueue.RedriveAsync"/>
    public static Task<int> RedriveAsync(QueueState from, QueueState to, int? perSecond, Action<int>? progress, CancellationToken cancellationToken) =>
        RedriveAsync(from, messages => MoveAsync(from, to, messages, Move.Redriven, static _ => { }), perSecond, progress, cancellationToken);

    /// <inheritdoc cref="MessageQueue.RedriveToSourcesAsync"/>
    public static Task<int> RedriveToSourcesAsync(QueueState from, Func<string, MessageQueue?> byArn, int? perSecond, Action<int>? progress, CancellationToken cancellationToken) =>
        RedriveAsync(from, messages => MoveToSourcesAsync(from, byArn, messages), perSecond, progress, cancellationToken);

    private static async Task<int> RedriveAsync(QueueState from, Func<List<Message>, Task> move, int? perSecond, Action<int>? progress, CancellationToken cancellationToken)
    {
        var total = 0;
        long last;
        lock (from.Gate)
        {
            last = from.Numbers.Last;
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var messages = Take(from, last, Math.Min(MovedAtOnce, perSecond ?? MovedAtOnce));
            if (messages.Count == 0)
            {
                return total;
            }

            try
            {
                await move(messages);
            }
            catch (ServiceException)
            {
                ShowAgain(from, messages);
                throw;
            }

            total += messages.Count;
            progress?.Invoke(total);
            if (perSecond is { } rate)
            {
                await Task.Delay(TimeSpan.FromSeconds(messages.Count / (double)rate), from.Time, cancellationToken);
            }
        }
    }

    /// <summary>Moves messages in one transaction: they are never in both queues, nor in neither.</summary>
    /// <param name="from">The queue that holds them.</param>
    /// <param name="to">The queue that gets them.</param>
    /// <param name="messages">Messages in flight, so that nobody receives them meanwhile.</param>
    /// <param name="move">Why they are moved.</param>
    /// <param name="also">Runs in the same transaction.</param>
    /// <exception cref="ServiceException">The queue that should get them is deleted.</exception>
    public static Task MoveAsync(QueueState from, QueueState to, List<Message> messages, Move move, Action<DatabaseConnection> also)
    {
        to.ThrowIfDeleted();
        lock (to.Gate)
        {
            var (now, rememberFrom) = (to.NowMs, to.RememberFromMs);
            var numbers = messages.ConvertAll(_ => to.Numbers.Next());
            var reserve = to.Numbers.ToReserve;
            var copies = new List<Message>(messages.Count);
            return to.Database.InTransactionAsync(
                connection =>
                {
                    copies.Clear();
                    to.Sql.Reserve(connection, reserve);
                    foreach (var message in messages)
                    {
                        var sequence = numbers[copies.Count];
                        var copy = Copy(from, connection, message, sequence, move == Move.ToDeadLetters ? message.Id : to.IdOf(sequence), now, move);
                        copies.Add(copy);
                        to.Sql.InsertMoved(connection, copy);
                    }

                    from.Sql.Delete(connection, messages, rememberFrom);
                    also(connection);
                },
                () =>
                {
                    Append(to, copies, reserve);
                    Remove(from, messages, move);
                });
        }
    }

    /// <summary>Puts the first messages in flight that were in the queue when the redrive began.</summary>
    private static List<Message> Take(QueueState from, long last, int most)
    {
        lock (from.Gate)
        {
            var now = from.NowMs;
            from.Backlog.ShowExpired(now);
            List<Message> messages = [.. from.Backlog.InOrder().Where(message => message.Sequence <= last && !message.IsDelayed && message.Group.InFlight == 0).Take(most)];
            messages.ForEach(message => from.Backlog.Hide(message, now + (long)from.Options.VisibilityTimeout.TotalMilliseconds));
            return messages;
        }
    }

    // A move back to the sources ends at a message that a client sent to the dead-letter queue; a move to a named queue takes it. Source:
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/troubleshooting-dlq-redrive.html
    private static async Task MoveToSourcesAsync(QueueState from, Func<string, MessageQueue?> byArn, List<Message> messages)
    {
        var sources = await from.Database.InTransactionAsync(connection => messages.ConvertAll(message => MessageAttributes.UnpackSource(ContentOf(from, connection, message).Attributes)));
        if (sources.Contains(null))
        {
            throw new ServiceException("CouldNotDetermineMessageSource", "CouldNotDetermineMessageSource");
        }

        foreach (var ofSource in messages.Zip(sources).GroupBy(static message => message.Second!))
        {
            var to = byArn(ofSource.Key) ?? throw new ServiceException("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
            await MoveAsync(from, to.State, [.. ofSource.Select(static message => message.First)], Move.Redriven, static _ => { });
        }
    }

    private static void ShowAgain(QueueState queue, List<Message> messages)
    {
        lock (queue.Gate)
        {
            messages.ForEach(queue.Backlog.Show);
            queue.Waiting.WakeOneIfReady();
        }
    }

    private static MessageContent ContentOf(QueueState from, DatabaseConnection connection, Message message) =>
        message.Content ?? from.Sql.Load(connection, message.Sequence) ?? throw new InvalidOperationException($"Message {message.Sequence} of {from.Options.Name} is not on disk.");

    // SQS: the deduplication id of a message that is moved to a FIFO dead-letter queue is replaced by its message id.
    private static Message Copy(QueueState from, DatabaseConnection connection, Message message, long sequence, Guid id, long nowMs, Move move)
    {
        var content = ContentOf(from, connection, message);
        var receives = message.ReceiveCount + MessageAttributes.UnpackEarlierReceives(content.Attributes);
        content = content with { Attributes = MessageAttributes.WithSource(content.Attributes, move == Move.ToDeadLetters ? from.Options.Arn : null, receives) };
        return new Message
        {
            Sequence = sequence,
            Id = id,
            GroupId = message.GroupId,
            SentMs = nowMs,
            BodyLength = content.Body.Length,
            Key = default,
            Content = move == Move.ToDeadLetters ? content with { DeduplicationId = message.Id.ToString() } : content,
        };
    }

    private static void Append(QueueState to, List<Message> copies, long reserved)
    {
        lock (to.Gate)
        {
            to.Numbers.Reserved(reserved);
            copies.ForEach(to.Backlog.Append);
            to.Waiting.WakeOne();
        }
    }

    private static void Remove(QueueState from, List<Message> messages, Move move)
    {
        lock (from.Gate)
        {
            from.Counters.DeadLettered += move == Move.ToDeadLetters ? messages.Count : 0;
            messages.ForEach(from.Backlog.Remove);
            from.Waiting.WakeOne();
        }
    }
}

internal enum Move
{
    /// <summary>The queue moves messages that were received too often to its dead-letter queue. They keep their ids.</summary>
    ToDeadLetters,

    /// <summary>Messages go from a dead-letter queue to the queues from which they came, or to one that the caller names.</summary>
    Redriven,
}
