namespace DataToEvents.Recovery.Checkup;

/// <summary>How bad a finding is.</summary>
internal enum CheckLevel
{
    Ok,

    /// <summary>It could not be looked at, because the caller may not. That says nothing about the path.</summary>
    Unknown,

    /// <summary>The path works, and something will go wrong or should be looked at.</summary>
    Warn,

    /// <summary>The path does not work, or loses something.</summary>
    Fail,
}
