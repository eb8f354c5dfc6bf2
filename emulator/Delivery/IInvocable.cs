namespace DataToEvents.Emulator.Delivery;

/// <summary>A receiver of events: a Lambda function, or a queue as the target of a rule. It gets JSON and answers with JSON or a function error.</summary>
public interface IInvocable
{
    string Name { get; }

    /// <summary>Invokes it once and waits for the answer (Lambda's invocation type RequestResponse).</summary>
    /// <param name="payload">The event as UTF-8 JSON; valid until the returned task completes.</param>
    /// <param name="cancellationToken">Ends the invocation when the host stops. Whether it had effects is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Invokes it as part of a trace.</summary>
    /// <param name="payload">The event as UTF-8 JSON; valid until the returned task completes.</param>
    /// <param name="traceHeader">The X-Ray trace header; null begins a new trace.</param>
    /// <param name="cancellationToken">Ends the invocation when the host stops. Whether it had effects is then unknown.</param>
    Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) => InvokeAsync(payload, cancellationToken);
}

/// <summary>The result of an invocation: the answer as UTF-8 JSON, or the error in Lambda's terms.</summary>
public sealed record InvocationResult
{
    private InvocationResult(ReadOnlyMemory<byte> payload, FunctionError? error) => (Payload, Error) = (payload, error);

    public ReadOnlyMemory<byte> Payload { get; }

    public FunctionError? Error { get; }

    public static InvocationResult Success(ReadOnlyMemory<byte> payload) => new(payload, null);

    public static InvocationResult Failure(string type, string message) => new(default, new FunctionError(type, message));
}

/// <summary>Why an invocation failed.</summary>
/// <param name="Type">Lambda's error type: the exception's name, <c>Sandbox.Timedout</c> or <c>Runtime.ExitError</c>.</param>
/// <param name="Message">The error message of the function.</param>
public sealed record FunctionError(string Type, string Message);
