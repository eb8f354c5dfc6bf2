namespace DataToEvents.Emulator.Queues;

/// <summary>How messages get into a queue: checks, deduplicates, writes, and adds what is durable to the backlog.</summary>
internal sealed class QueueSends(QueueState queue)
{
    /// <inheritdoc cref="MessageQueue.SendBatchAsync"/>
    public async Task<IReadOnlyList<SendEntryResult>> SendBatchAsync(IReadOnlyList<SendEntry> entries)
    {
        queue.ThrowIfDeleted();
        var options = queue.Options;
        SendRules.CheckBatch(entries, options);
        if (options.ContentBasedDeduplication)
        {
            entries = [.. entries.Select(static entry => entry.DeduplicationId is null ? entry with { DeduplicationId = Convert.ToHexStringLower(SHA256.HashData(entry.Body.Span)) } : entry)];
        }

        var keys = new DeduplicationKey[entries.Count];
        var results = new SendEntryResult?[entries.Count];
        for (var i = 0; i < entries.Count; i++)
        {
            results[i] = SendRules.Check(entries[i], options) is { } error ? SendEntryResult.Failed(IdOf(entries, i), error) : null;
            keys[i] = results[i] is null ? queue.Deduplication.KeyOf(entries[i].GroupId, entries[i].DeduplicationId, queue.NowMs) : default;
        }

        while (true)
        {
            Task commit;
            PendingSend? own = null;
            lock (queue.Gate)
            {
                if (queue.Deduplication.FindPending(keys) is { } original)
                {
                    commit = original.Commit;
                }
                else
                {
                    own = Prepare(entries, keys, results);
                    commit = own.Commit = own.Messages.Count == 0 ? Task.CompletedTask : WriteAsync(own);
                }
            }

            if (own is null)
            {
                // A repetition is acknowledged only when its original is durable, and fails with it.
                await commit;
                continue;
            }

            await CommitAsync(own);
            return results!;
        }
    }

    private static string IdOf(IReadOnlyList<SendEntry> entries, int index) => entries[index].Id ?? index.ToString((IFormatProvider?)null);

    /// <summary>Gives a result to each entry that has none, and makes messages of those that repeat no other.</summary>
    private PendingSend Prepare(IReadOnlyList<SendEntry> entries, DeduplicationKey[] keys, SendEntryResult?[] results)
    {
        var send = new PendingSend();
        var now = queue.NowMs;
        for (var i = 0; i < entries.Count; i++)
        {
            if (results[i] is not null)
            {
                continue;
            }

            if ((send.Find(keys[i]) ?? queue.Deduplication.Find(keys[i], now)) is { } original)
            {
                queue.Counters.Deduplicated++;
                results[i] = Accepted(IdOf(entries, i), original);
                continue;
            }

            var message = NewMessage(entries[i], keys[i], now);
            send.Messages.Add(message);
            results[i] = Accepted(IdOf(entries, i), message.Sequence);
        }

        return send;
    }

    private Message NewMessage(SendEntry entry, DeduplicationKey key, long nowMs)
    {
        var sequence = queue.Numbers.Next();
        return new Message
        {
            Sequence = sequence,
            Id = queue.IdOf(sequence),
            GroupId = entry.GroupId,
            SentMs = nowMs,
            DueMs = DueOf(entry, nowMs),
            BodyLength = entry.Body.Length,
            Key = key,
            Content = new MessageContent(entry.DeduplicationId, entry.Body.ToArray(), MessageAttributes.Pack(entry.Attributes, entry.TraceHeader)),
        };
    }

    private long DueOf(SendEntry entry, long nowMs)
    {
        var delay = queue.Options.Fifo ? queue.Options.Delay : entry.Delay ?? queue.Options.Delay;
        return delay > TimeSpan.Zero ? nowMs + (long)delay.TotalMilliseconds : 0;
    }

    private SendEntryResult Accepted(string id, long sequence) => new(id, queue.IdOf(sequence), MessageIds.SequenceNumber(sequence), null);

    private Task WriteAsync(PendingSend send)
    {
        queue.Deduplication.Begin(send);
        var reserve = queue.Numbers.ToReserve;
        return queue.Database.InTransactionAsync(
            connection =>
            {
                queue.Sql.Reserve(connection, reserve);
                queue.Sql.Insert(connection, send.Messages);
            },
            () => Append(send, reserve));
    }

    private void Append(PendingSend send, long reserved)
    {
        lock (queue.Gate)
        {
            queue.Numbers.Reserved(reserved);
            queue.Counters.Sent += send.Messages.Count;
            queue.Deduplication.End(send);
            foreach (var message in send.Messages)
            {
                queue.Deduplication.Remember(message.Key, message.Sequence, message.SentMs);
                queue.Backlog.Append(message);
            }

            queue.Waiting.WakeOne();
            queue.Waiting.Schedule();
        }
    }

    private async Task CommitAsync(PendingSend send)
    {
        try
        {
            await send.Commit;
        }
        catch
        {
            lock (queue.Gate)
            {
                queue.Deduplication.End(send);
            }

            throw;
        }
    }
}
