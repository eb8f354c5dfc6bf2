namespace DataToEvents.Generator.Sending;

/// <summary>Why a target answered for none of a batch's records.</summary>
internal enum TargetFault
{
    /// <summary>It asks to come back later (throttling).</summary>
    Busy,

    /// <summary>It met trouble of its own, and may have taken the records before.</summary>
    Troubled,

    /// <summary>No answer at all; it may have taken the records.</summary>
    Unreachable,

    /// <summary>It will not take these records from this sender, however often they come: credentials, name, request.</summary>
    Refused,
}

/// <summary>The message names the target and the cause, in one line.</summary>
internal sealed class TargetException(TargetFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public TargetFault Fault { get; } = fault;

    public bool MayHaveArrived => Fault is TargetFault.Unreachable or TargetFault.Troubled;
}
