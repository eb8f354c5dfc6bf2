namespace DataToEvents.Emulator.Lambda;

/// <summary>The errors that come from Lambda itself and not from the function's code.</summary>
internal static class LambdaErrors
{
    /// <summary>The limit for the request and for the response of a synchronous invocation (Lambda developer guide, "Lambda quotas").</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private const string Timedout = "Sandbox.Timedout";
    private const string ExitError = "Runtime.ExitError";
    private const string ResponseSizeTooLarge = "Function.ResponseSizeTooLarge";

    /// <summary>Lambda discards the sandbox after a timeout or an exit. Amazon's runtime client ends the process itself when an answer is refused, for example as too large.</summary>
    public static bool EndsProcess(InvocationResult answer) => answer.Error?.Type is Timedout or ExitError or ResponseSizeTooLarge;

    public static InvocationResult TimedOut(string requestId, TimeSpan timeout) => InvocationResult.Failure(
        Timedout,
        string.Create(CultureInfo.InvariantCulture, $"RequestId: {requestId} Error: Task timed out after {timeout.TotalSeconds:0.00} seconds"));

    public static InvocationResult Exited(string requestId, string reason) =>
        InvocationResult.Failure(ExitError, $"RequestId: {requestId} Error: Runtime exited {reason}");

    public static InvocationResult RequestTooLarge(int bytes) => InvocationResult.Failure(
        "RequestTooLargeException",
        $"{bytes} byte payload is too large for the RequestResponse invocation type (limit {MaxPayloadBytes} bytes)");

    public static InvocationResult ResponseTooLarge(long? bytes) => InvocationResult.Failure(
        ResponseSizeTooLarge,
        bytes is null
            ? $"Response payload size exceeded maximum allowed payload size ({MaxPayloadBytes} bytes)."
            : $"Response payload size ({bytes} bytes) exceeded maximum allowed payload size ({MaxPayloadBytes} bytes).");
}
