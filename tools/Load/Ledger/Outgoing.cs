namespace DataToEvents.Load.Ledger;

/// <summary>A record that is being sent.</summary>
public sealed class Outgoing(LoadRecord record, ExpectedRecord expected)
{
    public LoadRecord Record { get; } = record;

    public ExpectedRecord Expected { get; } = expected;

    /// <summary>Calls in which the record was.</summary>
    public int Attempts { get; set; }

    /// <summary>Calls that got no answer; the target may have accepted them all the same.</summary>
    public int Uncertain { get; set; }

    /// <summary>When the last call with the record began.</summary>
    public DateTimeOffset SentAt { get; set; }

    /// <summary>A timestamp of the time provider; the record is not sent again before it.</summary>
    public long NotBefore { get; set; }
}
