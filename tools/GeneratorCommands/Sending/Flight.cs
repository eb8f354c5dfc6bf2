namespace DataToEvents.Generator.Sending;

/// <summary>The outcome of a call: an answer for each record, or one fault for all of them.</summary>
internal sealed record Flight(IReadOnlyList<Outgoing> Batch, IReadOnlyList<PutAnswer>? Answers, TargetException? Fault)
{
    /// <summary>Makes the call.</summary>
    public static async Task<Flight> StartAsync(IRecordSink sink, IReadOnlyList<Outgoing> batch, SendTotals totals, TimeProvider time, CancellationToken abort)
    {
        var (start, now) = (time.GetTimestamp(), time.GetUtcNow());
        foreach (var record in batch)
        {
            record.Attempts++;
            record.SentAt = now;
        }

        totals.Launched();
        try
        {
            var answers = await sink.PutAsync(batch, abort);
            totals.Puts.Record(time.GetElapsedTime(start));
            return new Flight(batch, answers, null);
        }
        catch (TargetException fault)
        {
            return new Flight(batch, null, fault);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return new Flight(batch, null, new TargetException(TargetFault.Unreachable, "the run was stopped before the target answered"));
        }
        finally
        {
            totals.Landed();
        }
    }
}
