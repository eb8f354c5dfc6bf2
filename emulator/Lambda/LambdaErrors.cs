using System.Globalization;
using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Lambda;

/// <summary>Errors that Lambda itself, not the function's code, answers an invocation with.</summary>
internal static class LambdaErrors
{
    /// <summary>Synchronous invocations: 6 MB each way (facts.md, section 5).</summary>
    public const int MaxPayloadBytes = 6 * 1024 * 1024;

    private const string Timedout = "Sandbox.Timedout";
    private const string ExitError = "Runtime.ExitError";
    private const string ResponseSizeTooLarge = "Function.ResponseSizeTooLarge";

    /// <summary>Lambda throws the sandbox away after the first two. At the third, Amazon's runtime client ends the process by itself, as it does whenever an answer is refused.</summary>
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
