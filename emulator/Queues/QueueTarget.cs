namespace DataToEvents.Emulator.Queues;

/// <summary>A queue that gets events from a bus: as a rule's target, or as the dead-letter queue of a rule or a function.</summary>
/// <param name="queue">The queue. A FIFO queue has to make deduplication ids of the bodies.</param>
/// <param name="messageGroupId">The group of the messages; null for a standard queue.</param>
public sealed class QueueTarget(MessageQueue queue, string? messageGroupId = null) : IInvocable, IDeadLetterQueue
{
    public string Name => queue.Options.Name;

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        await SendAsync(new SendEntry(messageGroupId, null, payload)) is { } error ? InvocationResult.Failure(error.Code, error.Message) : InvocationResult.Success(default);

    /// <summary>Sends the event; the attributes say why its target did not take it.</summary>
    /// <exception cref="ServiceException">The queue refused it.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        if (await SendAsync(new SendEntry(null, null, eventJson, Attributes: attributes.ToDictionary(static attribute => attribute.Key, static attribute => MessageAttribute.OfText(attribute.Value)))) is { } error)
        {
            throw new ServiceException(error.Code, error.Message);
        }
    }

    private async Task<EntryError?> SendAsync(SendEntry entry) => (await queue.SendBatchAsync([entry]))[0].Error;
}
