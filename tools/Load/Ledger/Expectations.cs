using System.Buffers.Text;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Load.Ledger;

/// <summary>Reads a record as the path will read it: the catalog decides type, stream and id, nothing here knows a family.</summary>
/// <param name="catalog">The path's own.</param>
/// <param name="makesIds">The sender queues envelopes itself: ids and times that they get here are the ones that they keep.</param>
public sealed class Expectations(EventCatalog catalog, bool makesIds = false)
{
    public ExpectedRecord Of(ReadOnlyMemory<byte> record, DateTimeOffset arrival)
    {
        var events = new List<ExpectedEvent>(1);
        var streams = new List<string>(1);
        DataEvent? envelope = null;
        var (size, fits) = (0L, true);
        // An id that the path makes depends on the batch, so a reader for each record will do.
        foreach (var read in new RecordReader(catalog).Read(record, arrival))
        {
            if (read.IsDropped)
            {
                continue;
            }

            if (read.Refusal is not null)
            {
                return new ExpectedRecord(streams, null, Hash(record.Span), null);
            }

            envelope = read.Inline();
            size += envelope.Envelope.Length;
            if (!streams.Contains(envelope.Stream.Value))
            {
                streams.Add(envelope.Stream.Value);
            }

            events.Add(Event(read, envelope));
            fits = events.Count == 1 || size <= TransformerOptions.MaxAnswerBytes;
            if (!fits)
            {
                break;
            }
        }

        return new ExpectedRecord(streams, fits ? events : null, Hash(record.Span), events.Count == 1 ? envelope : null);
    }

    private ExpectedEvent Event(ParsedEvent read, DataEvent envelope)
    {
        var payload = envelope.Payload();
        return new ExpectedEvent(
            envelope.Stream.Value,
            read.HasOwnId || makesIds ? envelope.Id.Value : null,
            envelope.Type,
            EnvelopeDigest.OfKind(envelope.Source, envelope.Type),
            EnvelopeDigest.Of(envelope.Source),
            EnvelopeDigest.OfContent(envelope),
            Hash(payload),
            EnvelopeDigest.OfAttributes(envelope.Envelope.Span),
            read.HasOwnTime || makesIds ? EnvelopeDigest.Of(envelope.Time) : null,
            payload?.Length ?? 0);
    }

    public static string Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Base64Url.EncodeToString(hash);
    }
}
