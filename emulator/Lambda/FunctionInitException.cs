using DataToEvents.Emulator.Delivery;

namespace DataToEvents.Emulator.Lambda;

/// <summary>A function's process could not be started, or ended or reported an error before it asked for its first invocation.</summary>
public sealed class FunctionInitException : Exception
{
    public FunctionInitException()
    {
    }

    public FunctionInitException(string message)
        : base(message)
    {
    }

    public FunctionInitException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public FunctionInitException(string message, FunctionError error)
        : base(message) => Error = error;

    /// <summary>The error in Lambda's terms, as an invocation is answered with it.</summary>
    public FunctionError? Error { get; }
}
