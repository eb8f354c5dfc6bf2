using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

/// <summary>How messages go to the dead-letter queue and back.</summary>
public sealed partial class MessageQueue
{
    private const int MovedAtOnce = 100;

    /// <summary>
    /// Moves the messages that are in this dead-letter queue now back to their queue, in order and each exactly once; they get
    /// new ids and a new enqueue time, as with SQS. Groups that have messages in flight are left alone.
    /// </summary>
    /// <returns>How many were moved.</returns>
    public Task<int> RedriveAsync(MessageQueue source, CancellationToken cancellationToken = default) => RedriveAsync(source, perSecond: null, static _ => { }, cancellationToken);

    internal async Task<int> RedriveAsync(MessageQueue source, int? perSecond, Action<int> progress, CancellationToken cancellationToken)
    {
        var total = 0;
        long last;
        lock (_gate)
        {
            last = _sequence;
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var moved = TakeForMove(last, Math.Min(MovedAtOnce, perSecond ?? MovedAtOnce));
            if (moved.Count == 0)
            {
                return total;
            }

            await source.ImportAsync(this, moved, asDeadLetters: false, static _ => { });
            total += moved.Count;
            progress(total);
            if (perSecond is { } rate)
            {
                await Task.Delay(TimeSpan.FromSeconds(moved.Count / (double)rate), _time, cancellationToken);
            }
        }
    }

    private List<Message> TakeForMove(long last, int most)
    {
        lock (_gate)
        {
            var now = NowMs;
            _backlog.ShowExpired(now);
            List<Message> moved = [.. InOrder().Where(message => message.Sequence <= last && message.Group.InFlight == 0).Take(most)];
            moved.ForEach(message => _backlog.Hide(message, now + (long)Options.VisibilityTimeout.TotalMilliseconds));
            return moved;
        }
    }

    /// <summary>Takes messages over from another queue: there and gone from here in one unit of work.</summary>
    private Task ImportAsync(MessageQueue from, List<Message> messages, bool asDeadLetters, Action<DatabaseConnection> also)
    {
        lock (_gate)
        {
            var (first, now, rememberFrom) = (_sequence + 1, NowMs, RememberFromMs);
            var last = _sequence += messages.Count;
            var reserve = last > _reserved;
            var copies = new List<(NewMessage Message, Guid Id)>(messages.Count);
            return _database.InTransactionAsync(
                connection =>
                {
                    copies.Clear();
                    Reserve(connection, reserve, last);
                    foreach (var message in messages)
                    {
                        var copy = from.CopyOf(connection, message, first + copies.Count, now, asDeadLetters);
                        copies.Add((copy, asDeadLetters ? message.Id : MessageIds.Of(_journal.Seed, copy.Sequence)));
                        _journal.InsertMoved(connection, copy, copies[^1].Id);
                    }

                    from._journal.Delete(connection, messages, rememberFrom);
                    also(connection);
                },
                () =>
                {
                    Admit(copies, reserve ? last + ReservedAtOnce : 0);
                    from.Moved(messages, asDeadLetters);
                });
        }
    }

    // SQS: the deduplication id of a message that is moved to a FIFO dead-letter queue is replaced by its message id.
    private NewMessage CopyOf(DatabaseConnection connection, Message message, long sequence, long nowMs, bool asDeadLetter)
    {
        var content = message.Content ?? _journal.Load(connection, message.Sequence) ?? throw new InvalidOperationException($"Message {message.Sequence} of {Options.Name} is not on disk.");
        return new NewMessage(sequence, nowMs, message.Group.Id, asDeadLetter ? content with { DeduplicationId = message.Id.ToString() } : content);
    }

    private void Admit(List<(NewMessage Message, Guid Id)> copies, long reserved)
    {
        lock (_gate)
        {
            _reserved = Math.Max(_reserved, reserved);
            copies.ForEach(copy => Admit(ToMessage(copy.Message, copy.Id, default)));
            WakeOne();
        }
    }

    private void Moved(List<Message> messages, bool asDeadLetters)
    {
        lock (_gate)
        {
            _counters.DeadLettered += asDeadLetters ? messages.Count : 0;
            messages.ForEach(Forget);
            WakeOne();
        }
    }
}
