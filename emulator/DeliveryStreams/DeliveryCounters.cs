namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>Counts what a delivery stream does.</summary>
internal sealed class DeliveryCounters
{
    private readonly Lock _gate = new();
    private DeliveryStreamStats _totals = new();

    /// <summary>The counts; what the stream holds now is 0 in it.</summary>
    public DeliveryStreamStats Totals => Volatile.Read(ref _totals);

    public void CountPut(int accepted, int refused) =>
        Count(totals => totals with { Accepted = totals.Accepted + accepted, Refused = totals.Refused + refused });

    public void CountInvocation(bool isRetry) =>
        Count(totals => totals with { Invocations = totals.Invocations + 1, Retries = totals.Retries + (isRetry ? 1 : 0) });

    public void CountOutcome(TransformBatch batch, TransformResult result)
    {
        var (transformed, dropped) = (0, 0);
        var failed = new Dictionary<string, long>();
        for (var i = 0; i < batch.Records.Count; i++)
        {
            if (result.ErrorOf(batch, i) is { } error)
            {
                failed[error.Code] = failed.GetValueOrDefault(error.Code) + 1;
                continue;
            }

            _ = batch.Results[i].Status == TransformStatus.Ok ? transformed++ : dropped++;
        }

        Count(totals => totals with
        {
            Transformed = totals.Transformed + transformed,
            Dropped = totals.Dropped + dropped,
            Failed = failed.Count == 0 ? totals.Failed : totals.Failed.Concat(failed).GroupBy(static entry => entry.Key).ToDictionary(static code => code.Key, static code => code.Sum(static entry => entry.Value)),
        });
    }

    private void Count(Func<DeliveryStreamStats, DeliveryStreamStats> change)
    {
        lock (_gate)
        {
            _totals = change(_totals);
        }
    }
}
