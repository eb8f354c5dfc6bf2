namespace DataToEvents.Emulator.Lambda;

/// <summary>A function's process could not be started, or it ended or reported an error before it asked for its first invocation.</summary>
public sealed class FunctionInitException(string message, FunctionError error) : Exception(message)
{
    /// <summary>The error in Lambda's terms, as an invocation is answered with it.</summary>
    public FunctionError Error { get; } = error;
}
