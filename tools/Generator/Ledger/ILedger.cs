using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Ledger;

/// <summary>Where a run writes down what it did, as it learns it.</summary>
internal interface ILedger
{
    /// <param name="sent">A record that was accepted.</param>
    void Accepted(Outgoing sent);

    /// <param name="sent">A record that was given up.</param>
    /// <param name="reason">Why.</param>
    void GivenUp(Outgoing sent, string reason);
}

/// <summary>For runs without one.</summary>
internal sealed class NoLedger : ILedger
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
