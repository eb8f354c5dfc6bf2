using DataToEvents.Adapters.Formats;
using DataToEvents.Domain;

namespace DataToEvents.Operator.Verification;

/// <summary>Turns envelopes into evidence.</summary>
internal sealed class EnvelopeReading(IWorld world)
{
    private const string Payloads = "/payloads/";

    /// <exception cref="FormatException">It is no envelope.</exception>
    public async Task<Evidence> ReadAsync(Evidence found, ReadOnlyMemory<byte> envelope, CancellationToken cancellationToken)
    {
        var read = DataEvent.Parse(envelope);
        var payload = Expectations.Hash(await PayloadAsync(read, cancellationToken));
        return found with
        {
            IdKey = EnvelopeDigest.Of(read.Stream.Value, SentAs(read.Id.Value, envelope.Span)),
            ContentKey = EnvelopeDigest.Of(read.Stream.Value, payload),
            Payload = EnvelopeDigest.Of(payload),
            Same = EnvelopeDigest.OfContent(read) ?? EnvelopeDigest.Of(payload),
            Kind = EnvelopeDigest.OfKind(read.Source, read.Type),
            Attributes = EnvelopeDigest.OfAttributes(envelope.Span),
            Time = EnvelopeDigest.Of(read.Time),
            Whole = EnvelopeDigest.OfWhole(envelope.Span),
            Arrival = EnvelopeDigest.OfArrival(envelope.Span),
            AcceptedAt = read.AcceptedAt?.ToUnixTimeMilliseconds() ?? 0,
            Sequence = (Padded(read.StreamSequence) ?? found.Sequence) is { } sequence ? StreamSequence.Of(read, sequence) : null,
        };
    }

    /// <summary>The id under which an event was sent. An event that was released from quarantine names it (docs/adr/0014).</summary>
    private static string SentAs(string id, ReadOnlySpan<byte> envelope) =>
        EnvelopeDigest.Text(envelope, ExtensionNames.ConflictsWith) is { } old && (id.StartsWith($"{old}~", StringComparison.Ordinal) || id[0] == '~') ? old : id;

    public static string? Padded(string? sequence) => sequence?.PadLeft(StreamSequence.Width, '0');

    private async Task<byte[]?> PayloadAsync(DataEvent read, CancellationToken cancellationToken)
    {
        // A producer's own claim check is not opened.
        if (read.DataRef is not { } reference || reference.IndexOf(Payloads, StringComparison.Ordinal) is not (>= 0 and var at))
        {
            return read.Payload();
        }

        var key = reference[(at + 1)..];
        return await world.ObjectAsync(key, cancellationToken) ?? Encoding.UTF8.GetBytes($"There is no object {key}.");
    }
}
