using DataToEvents.Domain;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Operator.Verification;

/// <summary>Takes what a consumer says that it took in as evidence: only what the ledger's streams hold.</summary>
internal sealed class DeliveredEvents(ObjectReadings objects, EvidenceBase evidence)
{
    public async Task ReadAsync(IAsyncEnumerable<WorldDelivery> delivered, IReadOnlySet<string> streams, CancellationToken cancellationToken)
    {
        var (line, found) = (0L, new Dictionary<string, long>(StringComparer.Ordinal));
        await foreach (var one in delivered.WithCancellation(cancellationToken))
        {
            if (one.Stream is { } stream)
            {
                if (streams.Contains(stream))
                {
                    evidence.AddCount(stream, one.Events, found.GetValueOrDefault(stream));
                }
            }
            else
            {
                var read = Parse(one.Envelope);
                line++;
                if (read is null || streams.Contains(read.Stream.Value))
                {
                    await objects.AddAsync(new Evidence(FoundAt.View, "event of the view", line), one.Envelope, cancellationToken);
                }

                if (read is not null && streams.Contains(read.Stream.Value))
                {
                    found[read.Stream.Value] = found.GetValueOrDefault(read.Stream.Value) + 1;
                    evidence.AddDelivery(EnvelopeDigest.Of(read.Stream.Value, read.Id.Value), one.At);
                }
            }
        }
    }

    /// <summary>What is no event is told of when it is added.</summary>
    private static DataEvent? Parse(ReadOnlyMemory<byte> envelope)
    {
        try
        {
            return DataEvent.Parse(envelope);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
