using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Common;

/// <summary>Stands for a function where none runs: a rule's target to be looked at, not to be called.</summary>
internal sealed class NoFunction(string name) : IInvocable
{
    public string Name => name;

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"No function {name} runs here.");
}
