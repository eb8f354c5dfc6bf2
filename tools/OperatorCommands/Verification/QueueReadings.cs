namespace DataToEvents.Operator.Verification;

/// <summary>Reads the dead-letter queues and the audit queue without taking anything out.</summary>
internal sealed class QueueReadings(IWorld world, ObjectReadings objects, List<string> unreadable)
{
    /// <summary>Dead letters that cannot be seen: a FIFO queue shows no more of a group until the shown messages are back.</summary>
    public long HiddenDeadLetters { get; private set; }

    /// <summary>Copies in the audit queue that cannot be seen: SQS has a limit of messages in flight.</summary>
    public long HiddenCopies { get; private set; }

    /// <summary>Reads the queue's dead letters: their bodies are envelopes.</summary>
    public async Task ReadDeadLettersAsync(CancellationToken cancellationToken)
    {
        var shown = 0L;
        await foreach (var message in MessagesAsync(WorldQueue.DeadLetters, cancellationToken))
        {
            await objects.AddAsync(new Evidence(FoundAt.Aside, "dead-letter queue", ++shown), Encoding.UTF8.GetBytes(message.Body), cancellationToken);
        }

        HiddenDeadLetters = await HiddenAsync(WorldQueue.DeadLetters, shown, cancellationToken);
    }

    public Task ReadRuleDeadLettersAsync(CancellationToken cancellationToken) => ReadBusAsync(WorldQueue.RuleDeadLetters, FoundAt.Aside, "the rule's dead-letter queue", cancellationToken);

    public async Task ReadAuditAsync(CancellationToken cancellationToken) =>
        HiddenCopies = await HiddenAsync(WorldQueue.Audit, await ReadBusAsync(WorldQueue.Audit, FoundAt.Bus, "audit queue", cancellationToken), cancellationToken);

    /// <summary>Reads messages whose bodies are events of the bus; the detail is the envelope.</summary>
    /// <returns>How many there were to be seen.</returns>
    private async Task<long> ReadBusAsync(WorldQueue queue, FoundAt hop, string place, CancellationToken cancellationToken)
    {
        var line = 0L;
        await foreach (var message in MessagesAsync(queue, cancellationToken))
        {
            line++;
            try
            {
                using var json = JsonDocument.Parse(message.Body, new JsonDocumentOptions { MaxDepth = 1_100 });
                var detail = Encoding.UTF8.GetBytes(json.RootElement.GetProperty("detail").GetRawText());
                await objects.AddAsync(new Evidence(hop, place, line) { TakenAt = message.SentAt }, detail, cancellationToken);
            }
            catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                unreadable.Add($"{place}, message {line}: {fault.Message}");
            }
        }

        return line;
    }

    private async Task<long> HiddenAsync(WorldQueue queue, long shown, CancellationToken cancellationToken) =>
        await world.HasAsync(queue, cancellationToken) ? Math.Max(0, await world.DepthAsync(queue, cancellationToken) - shown) : 0;

    private async IAsyncEnumerable<WorldMessage> MessagesAsync(
        WorldQueue queue, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await world.HasAsync(queue, cancellationToken))
        {
            await foreach (var message in world.MessagesAsync(queue, cancellationToken))
            {
                yield return message;
            }
        }
    }
}
