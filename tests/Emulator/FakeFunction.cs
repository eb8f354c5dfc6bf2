namespace DataToEvents.Emulator.Tests;

/// <summary>A function that a test writes as a lambda, and that remembers the events that it was given.</summary>
internal sealed class FakeFunction(Func<JsonNode, Task<InvocationResult>> handle) : IInvocable
{
    public FakeFunction(Func<JsonNode, string> answer)
        : this(input => Task.FromResult(InvocationResult.Success(System.Text.Encoding.UTF8.GetBytes(answer(input)))))
    {
    }

    public string Name => "fake";

    public List<JsonNode> Events { get; } = [];

    /// <summary>The same events, as they are written.</summary>
    public List<byte[]> Payloads { get; } = [];

    /// <summary>The trace headers that they came with.</summary>
    public List<string?> Traces { get; } = [];

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        lock (Events)
        {
            Traces.Add(traceHeader);
        }

        return InvokeAsync(payload, cancellationToken);
    }

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        var input = JsonNode.Parse(payload.Span)!;
        lock (Events)
        {
            Events.Add(input);
            Payloads.Add(payload.ToArray());
        }

        return handle(input);
    }
}
