namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>An alias with two versions. Lambda chooses one of them at random for each invocation (AWS Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias").</summary>
internal sealed class SplitFunction(IInvocable live, IInvocable canary, double share) : IInvocable
{
    public string Name => live.Name;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        (Random.Shared.NextDouble() < share ? canary : live).InvokeAsync(payload, cancellationToken);
}
