namespace DataToEvents.Application.Lanes;

/// <summary>Counts the calls and retries that sending a list of items took.</summary>
public sealed class LaneTally
{
    /// <summary>Calls that were made.</summary>
    public int Calls { get; internal set; }

    /// <summary>Items that were sent again; an item counts each time.</summary>
    public int Retries { get; internal set; }
}
