namespace DataToEvents.Recovery.Failed;

/// <param name="Number">Its place in its object, from 1 on.</param>
/// <param name="Record">As it failed.</param>
/// <param name="Verdict">What would become of it now.</param>
internal sealed record TriedRecord(int Number, FailedRecord Record, TrialVerdict Verdict)
{
    public bool Goes => Verdict.Outcome != TrialOutcome.Fails;
}
