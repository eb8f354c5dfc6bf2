using System.Runtime.CompilerServices;
using DataToEvents.Adapters.S3;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Recovery.Failed;

/// <summary>
/// Sends the records of processing-failed objects in again, but for those that would fail again: they stay in their object. What was sent is moved aside
/// when all of it is durable. A run that ends before that sends it once more, under the same ids, which has no second effect.
/// </summary>
internal sealed class Reingest(Bucket bucket, TransformerTrial trial, RecordWriter records, RecordIds ids, S3PayloadStore payloads, Pace pace)
{
    private const int MaxAtOnce = 2_000;

    /// <returns>The records that stay, because they would fail again.</returns>
    public async Task<IReadOnlyList<TriedRecord>> RunAsync(StoredObject item, Tally tally, CancellationToken stopping)
    {
        var tried = new List<TriedRecord>();
        foreach (var record in FailedRecord.ReadAll(await bucket.GetAsync(item.Key, stopping), item.Key))
        {
            tried.Add(new TriedRecord(tried.Count + 1, record, await trial.OfAsync(record, stopping)));
        }

        var stay = tried.FindAll(static record => !record.Goes);
        stay.ForEach(record => tally.Fail($"record {record.Number} of {item.Handle} stays: {record.Verdict.Reason}"));
        var go = tried.FindAll(static record => record.Goes);
        if (go.Count > 0 && await SendAsync(await ids.IdentifyAsync(go, stopping), tally, stopping))
        {
            await RetireAsync(item, go, stay);
        }

        return stay;
    }

    private Task RetireAsync(StoredObject item, List<TriedRecord> gone, List<TriedRecord> stay) => stay.Count == 0
        ? bucket.RetireAsync(item.Key, CancellationToken.None)
        : bucket.RetireAsync(
            item.Key, FailedRecord.Write(gone.Select(static record => record.Record)), FailedRecord.Write(stay.Select(static record => record.Record)), CancellationToken.None);

    /// <returns>Whether all of them are durable.</returns>
    private async Task<bool> SendAsync(List<IdentifiedRecord> identified, Tally tally, CancellationToken stopping)
    {
        var failures = new Dictionary<int, string>();
        var portion = new List<(OutgoingRecord Record, int Of)>();
        var counted = 0;
        for (var i = 0; i < identified.Count; i++)
        {
            await foreach (var record in OutgoingAsync(identified[i], stopping))
            {
                portion.Add((record, i));
                if (portion.Count == pace.Portion(MaxAtOnce))
                {
                    await PutAsync(portion, failures, stopping);
                    counted = Count(tally, failures, counted, i);
                }
            }
        }

        await PutAsync(portion, failures, stopping);
        Count(tally, failures, counted, identified.Count);
        return failures.Count == 0;
    }

    private async Task PutAsync(List<(OutgoingRecord Record, int Of)> portion, Dictionary<int, string> failures, CancellationToken stopping)
    {
        if (portion.Count == 0)
        {
            return;
        }

        await pace.ReadyAsync(stopping);
        var results = await records.PutAsync(portion.ConvertAll(static item => item.Record));
        foreach (var (result, (_, of)) in results.Zip(portion).Where(static item => !item.First.Sent))
        {
            failures.TryAdd(of, result.Reason!);
        }

        pace.Passed(portion.Count);
        portion.Clear();
    }

    /// <summary>Counts the records before <paramref name="end"/>, all of whose events were put.</summary>
    private static int Count(Tally tally, Dictionary<int, string> failures, int counted, int end)
    {
        for (; counted < end; counted++)
        {
            if (failures.TryGetValue(counted, out var reason))
            {
                tally.Fail(reason);
            }
            else
            {
                tally.Done++;
            }
        }

        return counted;
    }

    private async IAsyncEnumerable<OutgoingRecord> OutgoingAsync(IdentifiedRecord record, [EnumeratorCancellation] CancellationToken stopping)
    {
        if (record.Events is null)
        {
            yield return new OutgoingRecord(record.Stream, record.Record.Data);
            yield break;
        }

        foreach (var item in record.Events)
        {
            yield return new OutgoingRecord(item.Stream.Value, await EnvelopeAsync(item, stopping));
        }
    }

    /// <summary>The envelope to send. If it is over the delivery stream's limit, the payload goes into the bucket under the name that the Transformer would use (claim check).</summary>
    private async Task<ReadOnlyMemory<byte>> EnvelopeAsync(DataEvent item, CancellationToken stopping)
    {
        if (item.Envelope.Length <= FirehoseLimits.MaxRecordBytes || item.Payload() is not { } payload)
        {
            return Envelope.With(item.Envelope);
        }

        var reference = await payloads.PutAsync(payload, item.ContentType, stopping);
        var theirs = EnvelopeDigest.Text(item.Envelope.Span, "dataref");
        return Envelope.WithoutData(item.Envelope, (theirs is null ? "dataref" : ExtensionNames.DataRef, reference));
    }
}
