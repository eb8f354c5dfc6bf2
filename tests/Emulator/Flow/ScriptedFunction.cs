using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Tests.Flow;

/// <summary>A function that answers what the test says, or nothing until it is stopped, and keeps what it was invoked with.</summary>
internal sealed class ScriptedFunction(string name, Func<byte[], Task<FunctionAnswer>> answer) : IFunction
{
    public ScriptedFunction(string name, Func<byte[], FunctionAnswer> answer)
        : this(name, payload => Task.FromResult(answer(payload)))
    {
    }

    public string Name => name;

    public List<byte[]> Payloads { get; } = [];

    public Func<byte[], Task<FunctionAnswer>> Answer { get; set; } = answer;

    public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var copy = payload.ToArray();
        Payloads.Add(copy);
        await Task.Yield();
        return await Answer(copy).WaitAsync(cancellationToken);
    }
}
