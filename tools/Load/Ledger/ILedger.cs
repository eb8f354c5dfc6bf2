namespace DataToEvents.Load.Ledger;

/// <summary>Where a run records what was accepted and what was given up.</summary>
public interface ILedger
{
    /// <param name="sent">A record that was accepted.</param>
    void Accepted(Outgoing sent);

    /// <param name="sent">A record that was given up.</param>
    /// <param name="reason">Why.</param>
    void GivenUp(Outgoing sent, string reason);
}

/// <summary>The ledger of a run that writes none.</summary>
public sealed class NoLedger : ILedger
{
    public void Accepted(Outgoing sent)
    {
        // There is no ledger to write to.
    }

    public void GivenUp(Outgoing sent, string reason)
    {
        // The summary counts it.
    }
}
