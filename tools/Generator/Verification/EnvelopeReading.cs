using System.Text;
using System.Text.Json;
using DataToEvents.Domain;
using DataToEvents.Generator.Ledger;

namespace DataToEvents.Generator.Verification;

/// <summary>Turns envelopes into evidence.</summary>
internal sealed class EnvelopeReading(IWorld world)
{
    private const int SequenceWidth = 40;
    private const string Payloads = "/payloads/";

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <exception cref="FormatException">It is no envelope.</exception>
    public async Task<Evidence> ReadAsync(Evidence found, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var read = DataEvent.Parse(envelope);
        var payload = Expectations.Hash(await PayloadAsync(read, cancellationToken));
        var times = Times(envelope.Span);
        return found with
        {
            IdKey = EnvelopeDigest.Of(read.Stream.Value, read.Id.Value),
            ContentKey = EnvelopeDigest.Of(read.Stream.Value, payload),
            Payload = EnvelopeDigest.Of(payload),
            Attributes = EnvelopeDigest.OfAttributes(envelope.Span),
            Time = EnvelopeDigest.Of(read.Time),
            Whole = EnvelopeDigest.OfWhole(envelope.Span),
            AcceptedAt = read.AcceptedAt?.ToUnixTimeMilliseconds() ?? 0,
            StoredAt = times.Stored,
            PublishedAt = times.Published,
            Sequence = Padded(read.StreamSequence) ?? found.Sequence,
        };
    }

    public static string? Padded(string? sequence) => sequence?.PadLeft(SequenceWidth, '0');

    private async Task<byte[]?> PayloadAsync(DataEvent read, CancellationToken cancellationToken)
    {
        // A producer's own claim check is not ours to open.
        if (read.DataRef is not { } reference || reference.IndexOf(Payloads, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return read.Payload();
        }

        var key = reference[(at + 1)..];
        return await world.ObjectAsync(key, cancellationToken) ?? Encoding.UTF8.GetBytes($"There is no object {key}.");
    }

    private static (long Stored, long Published) Times(ReadOnlySpan<byte> envelope)
    {
        var (stored, published) = (0L, 0L);
        var reader = new Utf8JsonReader(envelope, AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isStored = reader.ValueTextEquals("storedtime"u8);
            var isPublished = reader.ValueTextEquals("publishedtime"u8);
            reader.Read();
            if ((isStored || isPublished) && reader.TokenType == JsonTokenType.String && Timestamp.TryParse(reader.GetString()!, out var time))
            {
                (stored, published) = isStored ? (time.ToUnixTimeMilliseconds(), published) : (stored, time.ToUnixTimeMilliseconds());
            }

            reader.Skip();
        }

        return (stored, published);
    }
}
