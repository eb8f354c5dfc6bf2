namespace DataToEvents.Emulator.Lambda;

/// <summary>An invocation that waits for a runtime or for its answer.</summary>
internal sealed class PendingInvocation(string requestId, string traceId, ReadOnlyMemory<byte> payload, DateTimeOffset deadline)
{
    private readonly TaskCompletionSource<InvocationResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string RequestId { get; } = requestId;

    public string TraceId { get; } = traceId;

    public ReadOnlyMemory<byte> Payload { get; } = payload;

    public DateTimeOffset Deadline { get; } = deadline;

    public Task<InvocationResult> Answer => _answer.Task;

    /// <summary>Answers the invocation; false when it has an answer already.</summary>
    public bool TryAnswer(InvocationResult answer) => _answer.TrySetResult(answer);
}
