namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>There is no dead-letter queue, or no permission for it. The event is lost, as on AWS.</summary>
internal sealed class Lost(string why, Action<string> tell) : IDeadLetterQueue
{
    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        tell($"An event is lost: {why}.");
        return Task.CompletedTask;
    }
}

/// <summary>A target that the bus has no permission for. EventBridge does not retry permission errors.</summary>
internal sealed class Refused(string arn) : IInvocable
{
    public string Name => arn;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        Task.FromResult(InvocationResult.Failure("NO_PERMISSIONS", $"The bus may not use {arn}: its policy does not allow it."));
}
