namespace DataToEvents.Generator.Sending;

/// <summary>Sends one batch until every record of it was accepted: only what failed goes again, after a back-off.</summary>
internal sealed class Delivery(IRecordSink sink, Backoff backoff, SendTotals totals, TimeProvider time)
{
    /// <param name="batch">Within the limits of one call.</param>
    /// <param name="stopping">No further attempts; one under way is still waited for, so that the totals stay true.</param>
    /// <param name="abort">Breaks off the attempt under way.</param>
    /// <exception cref="TargetException">The target refuses this sender, or answers no more; the records count as undelivered.</exception>
    public async Task SendAsync(IReadOnlyList<ReadOnlyMemory<byte>> batch, CancellationToken stopping, CancellationToken abort)
    {
        var pending = batch;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                pending = await PutAsync(pending, last: attempt == Backoff.MaxAttempts, abort);
                if (pending.Count == 0 || attempt == Backoff.MaxAttempts)
                {
                    return;
                }

                await Task.Delay(backoff.After(attempt), time, stopping);
                totals.Retrying(pending.Count);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop: what is pending is counted below, and the run is reported as incomplete.
        }
        finally
        {
            totals.GaveUp(pending.Count);
        }
    }

    private async Task<IReadOnlyList<ReadOnlyMemory<byte>>> PutAsync(IReadOnlyList<ReadOnlyMemory<byte>> batch, bool last, CancellationToken abort)
    {
        try
        {
            return Failed(batch, await sink.PutAsync(batch, abort));
        }
        catch (TargetException fault) when (!last && IsWorthAnotherTry(fault.Fault))
        {
            totals.Refused(fault.Message);
            return batch;
        }
    }

    /// <summary>A target that answered before may be restarting; one that never did is better reported at once.</summary>
    private bool IsWorthAnotherTry(TargetFault fault) => fault switch
    {
        TargetFault.Busy => true,
        TargetFault.Unreachable => totals.Records > 0,
        _ => false,
    };

    private List<ReadOnlyMemory<byte>> Failed(IReadOnlyList<ReadOnlyMemory<byte>> batch, IReadOnlyList<string?> errors)
    {
        var failed = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < batch.Count; i++)
        {
            if (errors[i] is { } error)
            {
                totals.Refused(error);
                failed.Add(batch[i]);
            }
            else
            {
                totals.Accepted(batch[i].Length);
            }
        }

        return failed;
    }
}
