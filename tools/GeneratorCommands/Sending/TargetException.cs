namespace DataToEvents.Generator.Sending;

/// <summary>Why a target gave no answer for the records of a batch.</summary>
internal enum TargetFault
{
    /// <summary>The target asks to try again later (throttling).</summary>
    Busy,

    /// <summary>The target failed (status 5xx, or the connection broke), perhaps after it had taken the records.</summary>
    Troubled,

    /// <summary>The target did not answer; it may have taken the records.</summary>
    Unreachable,

    /// <summary>The target will never take these records from this sender: wrong credentials, name or request.</summary>
    Refused,
}

/// <summary>The message names the target and the cause, in one line.</summary>
internal sealed class TargetException(TargetFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public TargetFault Fault { get; } = fault;

    public bool MayHaveArrived => Fault is TargetFault.Unreachable or TargetFault.Troubled;
}
