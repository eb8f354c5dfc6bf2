using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Lambda;

/// <summary>One invocation on its way through a runtime.</summary>
internal sealed class Invocation(string requestId, string traceId, ReadOnlyMemory<byte> payload, DateTimeOffset deadline)
{
    private readonly TaskCompletionSource<InvocationResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    public string TraceId { get; } = traceId;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public DateTimeOffset Deadline { get; } = deadline;

    public Task<InvocationResult> Answer => _answer.Task;

    /// <summary>The first answer stands.</summary>
    public bool TryAnswer(InvocationResult answer) => _answer.TrySetResult(answer);
}
