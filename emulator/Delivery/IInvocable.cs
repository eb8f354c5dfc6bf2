namespace DataToEvents.Emulator.Delivery;

/// <summary>A Lambda function as its callers see it: JSON in, JSON or a function error out.</summary>
public interface IInvocable
{
    string Name { get; }

    /// <summary>Invokes the function once, synchronously in Lambda's sense.</summary>
    /// <param name="payload">The event as UTF-8 JSON; valid until the returned task completes.</param>
    /// <param name="cancellationToken">Ends the invocation when the host stops; the outcome is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Invokes the function within a trace that its caller knows.</summary>
    /// <param name="payload">The event as UTF-8 JSON; valid until the returned task completes.</param>
    /// <param name="traceHeader">X-Ray's; null begins a new trace.</param>
    /// <param name="cancellationToken">Ends the invocation when the host stops; the outcome is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) => InvokeAsync(payload, cancellationToken);
}

/// <summary>What an invocation came to: the answer's UTF-8 JSON, or the error in Lambda's terms.</summary>
public sealed record InvocationResult
{
    private InvocationResult(ReadOnlyMemory<byte> payload, FunctionError? error) => (Payload, Error) = (payload, error);

    public ReadOnlyMemory<byte> Payload { get; }

    public FunctionError? Error { get; }

    public static InvocationResult Success(ReadOnlyMemory<byte> payload) => new(payload, null);

    public static InvocationResult Failure(string type, string message) => new(default, new FunctionError(type, message));
}

/// <param name="Type">Lambda's error type: the exception's name, <c>Sandbox.Timedout</c> or <c>Runtime.ExitError</c>.</param>
/// <param name="Message">What the function said of it.</param>
public sealed record FunctionError(string Type, string Message);
