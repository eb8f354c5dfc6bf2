namespace DataToEvents.Load.Ledger;

/// <summary>Where a run writes down what it did, as it learns it.</summary>
public interface ILedger
{
    /// <param name="sent">A record that was accepted.</param>
    void Accepted(Outgoing sent);

    /// <param name="sent">A record that was given up.</param>
    /// <param name="reason">Why.</param>
    void GivenUp(Outgoing sent, string reason);
}

/// <summary>For runs without one.</summary>
public sealed class NoLedger : ILedger
{
    public void Accepted(Outgoing sent)
    {
        // Nobody will ask.
    }

    public void GivenUp(Outgoing sent, string reason)
    {
        // The summary counts it.
    }
}
