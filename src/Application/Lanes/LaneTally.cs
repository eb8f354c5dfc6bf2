namespace DataToEvents.Application.Lanes;

/// <summary>What it took to send a list of items.</summary>
public sealed class LaneTally
{
    /// <summary>Calls that were made.</summary>
    public int Calls { get; internal set; }

    /// <summary>Items that had to be sent again, each time that they had to.</summary>
    public int Retries { get; internal set; }
}
