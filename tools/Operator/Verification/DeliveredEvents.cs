using DataToEvents.Domain;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Operator.Verification;

/// <summary>Takes the consumer's own list of events as evidence, for the streams of the ledger.</summary>
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

    /// <summary>Returns null for bytes that are no event; they are reported when they are added.</summary>
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
