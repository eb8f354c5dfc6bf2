using DataToEvents.Adapters.Formats;
using DataToEvents.Application.Lanes;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Recovery.Failed;

/// <summary>What the Transformer would make of a record now.</summary>
internal enum TrialOutcome
{
    Passes,

    /// <summary>The catalog drops it.</summary>
    Dropped,

    /// <summary>It holds more events than one answer of the Transformer takes. Each of them passes as a record of its own.</summary>
    Split,

    Fails,
}

/// <param name="Outcome">What becomes of it.</param>
/// <param name="Reason">Of a record that fails: why. Null otherwise.</param>
internal sealed record TrialVerdict(TrialOutcome Outcome, string? Reason = null)
{
    /// <summary>One word for people and machines.</summary>
    public string Word => Outcome.ToString().ToLowerInvariant();
}

/// <summary>
/// Runs the Transformer's use case over failed records, each alone and with ports that take everything. So what it says is due to the record and the
/// catalog, and not to a queue or to the other records of a batch.
/// </summary>
internal sealed class TransformerTrial(EventCatalog catalog, int unpackedLimit, string bucket)
{
    /// <summary>Nothing in it waits for a service.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly TransformRecords _transform = new(
        catalog, new TrialQueue(), new TrialPayloads(bucket),
        new StreamLanes(new LaneOptions(ServiceLimits.QueueEntries, ServiceLimits.QueueBytes, MaxCallsInFlight: 1, FirstBackOff: TimeSpan.Zero), TimeProvider.System, Random.Shared),
        new TransformerOptions { UnpackedLimit = unpackedLimit });

    public async Task<TrialVerdict> OfAsync(FailedRecord record, CancellationToken cancellationToken)
    {
        var batch = await _transform.ExecuteAsync([new ArrivedRecord("", record.Arrival, record.Data)], null, Patience, null, cancellationToken);
        return batch.Verdicts[0] switch
        {
            { Result: RecordResult.Ok } => new TrialVerdict(TrialOutcome.Passes),
            { Result: RecordResult.Dropped } => new TrialVerdict(TrialOutcome.Dropped),
            { IsTooLarge: true, Reason: var reason } => Parts(record, reason!),
            var failed => new TrialVerdict(TrialOutcome.Fails, failed.Reason),
        };
    }

    /// <summary>Whether the record can go in as several.</summary>
    private TrialVerdict Parts(FailedRecord record, string tooLarge)
    {
        var events = 0;
        foreach (var read in new RecordReader(catalog, unpackedLimit: unpackedLimit).Read(record.Data, record.Arrival))
        {
            if (read.Refusal is { } reason)
            {
                return new TrialVerdict(TrialOutcome.Fails, reason);
            }

            events += read.IsDropped ? 0 : 1;
        }

        return events > 1 ? new TrialVerdict(TrialOutcome.Split) : new TrialVerdict(TrialOutcome.Fails, tooLarge);
    }

    private sealed class TrialQueue : IEventQueue
    {
        public Task<IReadOnlyList<Attempt>> SendAsync(IReadOnlyList<DataEvent> batch, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<Attempt>>([.. batch.Select(static _ => Attempt.Done)]);
    }

    private sealed class TrialPayloads(string bucket) : IPayloadStore
    {
        public Task<string> PutAsync(ReadOnlyMemory<byte> payload, string? contentType, CancellationToken cancellationToken) =>
            Task.FromResult($"s3://{bucket}/{PayloadObject.Key(payload.Span)}");
    }
}
