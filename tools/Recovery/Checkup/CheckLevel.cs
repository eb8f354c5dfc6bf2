namespace DataToEvents.Recovery.Checkup;

/// <summary>How bad a finding is.</summary>
internal enum CheckLevel
{
    Ok,

    /// <summary>The path works, and something will go wrong or should be looked at.</summary>
    Warn,

    /// <summary>The path does not work, or loses something.</summary>
    Fail,
}
