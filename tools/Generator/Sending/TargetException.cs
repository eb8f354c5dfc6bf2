namespace DataToEvents.Generator.Sending;

/// <summary>Why a target answered for none of a batch's records.</summary>
internal enum TargetFault
{
    /// <summary>It asks to come back later (throttling, its own trouble).</summary>
    Busy,

    /// <summary>No answer at all.</summary>
    Unreachable,

    /// <summary>It will not take these records from this sender, however often they come: credentials, name, request.</summary>
    Refused,
}

/// <summary>The message names the target and the cause, in one line.</summary>
internal sealed class TargetException(TargetFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public TargetFault Fault { get; } = fault;
}
