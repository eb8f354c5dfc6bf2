namespace DataToEvents.Recovery.Publishing;

/// <summary>Counts the work that a command has done so far.</summary>
internal sealed class Tally
{
    public long Done { get; set; }

    public long Failed { get; private set; }

    /// <summary>Why the first of them failed.</summary>
    public string? FirstReason { get; private set; }

    public void Fail(string reason, long count = 1)
    {
        FirstReason ??= reason;
        Failed += count;
    }
}
