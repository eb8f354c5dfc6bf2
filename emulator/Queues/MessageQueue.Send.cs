using DataToEvents.Emulator.Storage;

namespace DataToEvents.Emulator.Queues;

public sealed partial class MessageQueue
{
    /// <summary>Sends that are not durable yet, by the deduplication ids that they will be remembered for.</summary>
    private readonly Dictionary<DeduplicationKey, PendingSend> _pending = [];

    /// <summary>Adds messages; an entry whose deduplication id is remembered succeeds as the message that it repeats.</summary>
    /// <param name="entries">1 to 10, together at most 1 MiB.</param>
    /// <returns>An outcome an entry, in their order. All that succeeded is durable.</returns>
    /// <exception cref="QueueException">SQS would refuse the call as a whole.</exception>
    public async Task<IReadOnlyList<SendEntryResult>> SendBatchAsync(IReadOnlyList<SendEntry> entries)
    {
        SendRules.CheckBatch(entries);
        var keys = new DeduplicationKey[entries.Count];
        var outcomes = new SendEntryResult?[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            outcomes[i] = SendRules.Check(entries[i], Options) is { } error ? SendEntryResult.Failed(IdOf(entries, i), error) : null;
            keys[i] = outcomes[i] is null ? KeyOf(entries[i].GroupId, entries[i].DeduplicationId) : default;
        }

        while (true)
        {
            Task commit;
            PendingSend? own = null;
            lock (_gate)
            {
                if (PendingOriginal(keys) is { } original)
                {
                    commit = original.Commit;
                }
                else
                {
                    own = Prepare(entries, keys, outcomes);
                    commit = own.Commit = own.Messages.Count == 0 ? Task.CompletedTask : Write(own);
                }
            }

            if (own is null)
            {
                // A repetition is acknowledged only when its original is durable, and fails with it.
                await commit;
                continue;
            }

            await CommitAsync(own);
            return outcomes!;
        }
    }

    private static string IdOf(IReadOnlyList<SendEntry> entries, int index) => entries[index].Id ?? index.ToString((IFormatProvider?)null);

    private PendingSend? PendingOriginal(DeduplicationKey[] keys)
    {
        foreach (var key in keys)
        {
            if (key != default && _pending.TryGetValue(key, out var original))
            {
                return original;
            }
        }

        return null;
    }

    private PendingSend Prepare(IReadOnlyList<SendEntry> entries, DeduplicationKey[] keys, SendEntryResult?[] outcomes)
    {
        var send = new PendingSend();
        var now = NowMs;
        for (var i = 0; i < entries.Count; i++)
        {
            if (outcomes[i] is not null)
            {
                continue;
            }

            if ((send.Find(keys[i]) ?? (keys[i] == default ? null : _window.Find(keys[i], now))) is { } original)
            {
                _counters.Deduplicated++;
                outcomes[i] = Sent(IdOf(entries, i), original);
                continue;
            }

            var entry = entries[i];
            var content = new MessageContent(entry.DeduplicationId, entry.Body.ToArray(), MessageAttributes.Pack(entry.Attributes, entry.TraceHeader));
            send.Add(new NewMessage(++_sequence, now, entry.GroupId, content), keys[i]);
            outcomes[i] = Sent(IdOf(entries, i), _sequence);
        }

        return send;
    }

    private SendEntryResult Sent(string id, long sequence) =>
        new(id, MessageIds.Of(_journal.Seed, sequence), MessageIds.SequenceNumber(sequence), null);

    private Task Write(PendingSend send)
    {
        foreach (var key in send.Keys.Where(key => key != default))
        {
            _pending.Add(key, send);
        }

        var last = _sequence;
        var reserve = last > _reserved;
        return _database.InTransactionAsync(
            connection =>
            {
                Reserve(connection, reserve, last);
                _journal.Insert(connection, send.Messages);
            },
            () => Admit(send, reserve ? last + ReservedAtOnce : 0));
    }

    private void Reserve(DatabaseConnection connection, bool reserve, long last)
    {
        if (reserve)
        {
            _journal.Reserve(connection, last + ReservedAtOnce);
        }
    }

    private void Admit(PendingSend send, long reserved)
    {
        lock (_gate)
        {
            _reserved = Math.Max(_reserved, reserved);
            _counters.Sent += send.Messages.Count;
            for (var i = 0; i < send.Messages.Count; i++)
            {
                var (message, key) = (send.Messages[i], send.Keys[i]);
                _pending.Remove(key);
                Remember(key, message.Sequence, message.SentMs);
                Admit(ToMessage(message, MessageIds.Of(_journal.Seed, message.Sequence), key));
            }

            WakeOne();
        }
    }

    private Message ToMessage(NewMessage message, Guid id, DeduplicationKey key) => new()
    {
        Sequence = message.Sequence,
        Id = id,
        Group = _backlog.GroupOf(message.GroupId, Options.Fifo),
        SentMs = message.SentMs,
        BodyLength = message.Content.Body.Length,
        Content = message.Content,
        Key = key,
    };

    private async Task CommitAsync(PendingSend send)
    {
        try
        {
            await send.Commit;
        }
        catch
        {
            lock (_gate)
            {
                send.Keys.ForEach(key => _pending.Remove(key));
            }

            throw;
        }
    }
}
