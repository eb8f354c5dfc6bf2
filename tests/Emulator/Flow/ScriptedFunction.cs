namespace DataToEvents.Emulator.Tests.Flow;

/// <summary>A function that answers what the test says, or nothing until it is stopped, and keeps what it was invoked with.</summary>
internal sealed class ScriptedFunction(string name, Func<byte[], Task<InvocationResult>> answer) : IInvocable
{
    public ScriptedFunction(string name, Func<byte[], InvocationResult> answer)
        : this(name, payload => Task.FromResult(answer(payload)))
    {
    }

    public string Name => name;

    public List<byte[]> Payloads { get; } = [];

    public Func<byte[], Task<InvocationResult>> Answer { get; set; } = answer;

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var copy = payload.ToArray();
        Payloads.Add(copy);
        await Task.Yield();
        return await Answer(copy).WaitAsync(cancellationToken);
    }
}
