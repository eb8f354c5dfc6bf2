namespace DataToEvents.Emulator.Buses;

/// <summary>The target of a client's rule, which is looked up for each event.</summary>
internal sealed class NamedTarget(ClientTarget target, IRuleTargets targets) : IInvocable, IDeadLetterQueue
{
    public string Name => target.Arn;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) =>
        targets.Target(target.Arn, target.MessageGroupId) is { } found
            ? found.InvokeAsync(payload, traceHeader, cancellationToken)
            : Task.FromResult(InvocationResult.Failure("ResourceNotFoundException", $"The target {target.Arn} does not exist."));

    /// <exception cref="ServiceException">There is no such queue, so that the event is lost, as on AWS.</exception>
    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken) =>
        target.DeadLetterArn is { } arn && targets.DeadLetters(arn) is { } queue
            ? queue.SendAsync(eventJson, attributes, cancellationToken)
            : throw new ServiceException("ResourceNotFoundException", $"The rule has no dead-letter queue for {target.Arn}.");
}
