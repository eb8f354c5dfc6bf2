namespace DataToEvents.Load.Ledger;

/// <summary>A record on its way out.</summary>
public sealed class Outgoing(LoadRecord record, ExpectedRecord expected)
{
    public LoadRecord Record { get; } = record;

    public ExpectedRecord Expected { get; } = expected;

    /// <summary>Calls that held it.</summary>
    public int Attempts { get; set; }

    /// <summary>Calls that got no answer and may have been accepted all the same.</summary>
    public int Uncertain { get; set; }

    /// <summary>When the last call with it began.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>A time provider's timestamp before which it is not to be sent again.</summary>
    public long NotBefore { get; set; }
}
