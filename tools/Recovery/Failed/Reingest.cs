using DataToEvents.Adapters.S3;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Recovery.Failed;

/// <summary>
/// Sends the records of processing-failed objects in again. An object is moved aside when all of its records are durable. A run that ends before that
/// sends them once more, under the same ids, which has no second effect.
/// </summary>
internal sealed class Reingest(Bucket bucket, RecordWriter records, RecordIds ids, S3PayloadStore payloads, Pace pace)
{
    private const int MaxAtOnce = 2_000;

    public async Task RunAsync(StoredObject item, Tally tally, CancellationToken stopping)
    {
        var failed = FailedRecord.ReadAll(await bucket.GetAsync(item.Key, stopping), item.Key);
        var identified = await ids.IdentifyAsync(failed, stopping);
        var sent = true;
        for (var start = 0; start < identified.Count;)
        {
            await pace.ReadyAsync(stopping);
            var portion = identified.GetRange(start, Math.Min(pace.Portion(MaxAtOnce), identified.Count - start));
            sent &= await SendAsync(portion, tally, stopping);
            pace.Passed(portion.Count);
            start += portion.Count;
        }

        if (sent)
        {
            await bucket.RetireAsync(item.Key, CancellationToken.None);
        }
    }

    private async Task<bool> SendAsync(List<IdentifiedRecord> portion, Tally tally, CancellationToken stopping)
    {
        var outgoing = new List<(OutgoingRecord Record, int Of)>();
        for (var i = 0; i < portion.Count; i++)
        {
            outgoing.AddRange((await OutgoingAsync(portion[i], stopping)).Select(record => (record, i)));
        }

        var results = await records.PutAsync(outgoing.ConvertAll(static item => item.Record));
        var failures = results.Zip(outgoing, static (result, item) => (result, item.Of)).Where(static item => !item.result.Sent).DistinctBy(static item => item.Of).ToList();
        tally.Done += portion.Count - failures.Count;
        failures.ForEach(failure => tally.Fail(failure.result.Reason!));
        return failures.Count == 0;
    }

    private async Task<List<OutgoingRecord>> OutgoingAsync(IdentifiedRecord record, CancellationToken stopping)
    {
        if (record.Events is null)
        {
            return [new OutgoingRecord(record.Stream, record.Record.Data)];
        }

        var outgoing = new List<OutgoingRecord>(record.Events.Count);
        foreach (var item in record.Events)
        {
            outgoing.Add(new OutgoingRecord(item.Stream.Value, await EnvelopeAsync(item, stopping)));
        }

        return outgoing;
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
