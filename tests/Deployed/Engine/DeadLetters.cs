namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>No dead-letter queue, or one that may not be used: what comes here is lost, as on AWS.</summary>
internal sealed class Lost(string why, Action<string> tell) : IDeadLetterQueue
{
    public Task SendAsync(ReadOnlyMemory<byte> eventJson, IReadOnlyDictionary<string, string> attributes, CancellationToken cancellationToken)
    {
        tell($"An event is lost: {why}.");
        return Task.CompletedTask;
    }
}

/// <summary>A target that the bus may not use: permission errors are not tried again.</summary>
internal sealed class Refused(string arn) : IInvocable
{
    public string Name => arn;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        Task.FromResult(InvocationResult.Failure("NO_PERMISSIONS", $"The bus may not use {arn}: its policy does not allow it."));
}
