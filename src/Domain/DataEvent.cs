using System.Buffers.Text;
using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>
/// One event in the one envelope of the whole path: a CloudEvent 1.0 in structured JSON, on one line. The same bytes are the
/// lake's line, the queue's message, the stored item's envelope and the bus event's detail.
/// </summary>
public sealed class DataEvent
{
    public const int ContentHashLength = 43;

    /// <summary>EventBridge: a replay's name has 1 to 64 of these characters.</summary>
    private const int MaxReplayName = 64;

    /// <summary>Digits of a length, and the colon behind them.</summary>
    private const int MaxLengthDigits = 11;

    private const int MaxOnStack = 512;

    internal DataEvent(ReadOnlyMemory<byte> envelope, EventId id, string source, string type, StreamId stream, string time) =>
        (Envelope, Id, Source, Type, Stream, Time) = (envelope, id, source, type, stream, time);

    /// <summary>UTF-8 JSON without line ends.</summary>
    public ReadOnlyMemory<byte> Envelope { get; }

    public EventId Id { get; }

    public string Source { get; }

    public string Type { get; }

    /// <summary>CloudEvents <c>subject</c>: the stream in which the event keeps its order.</summary>
    public StreamId Stream { get; }

    /// <summary>CloudEvents <c>time</c>, RFC 3339, exactly as its producer wrote it.</summary>
    public string Time { get; }

    public DateTimeOffset OccurredAt => Timestamp.TryParse(Time, out var time) ? time : throw new InvalidOperationException($"\"{Time}\" was checked to be a timestamp.");

    /// <summary>The queue's sequence number, in an event that was published: digits that grow within the stream.</summary>
    public string? StreamSequence { get; internal init; }

    /// <summary>Name of the run by which an operator published the event again; null in one that is published for the first time.</summary>
    public string? Replay { get; internal init; }

    /// <summary>When the delivery stream accepted the record; the envelope's <c>acceptedtime</c>. Null in an envelope that was not made by the Transformer.</summary>
    public DateTimeOffset? AcceptedAt { get; internal init; }

    public string? ContentType { get; internal init; }

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; internal init; }

    /// <summary>Where the payload lies when it is not inline (claim check): a URI reference.</summary>
    public string? DataRef => Data.Kind == DataKind.Reference ? JsonSlice.Unquote(Data.Raw(Envelope).Span) : null;

    internal DataMember Data { get; init; }

    /// <summary>Reads an envelope, from whoever sent it.</summary>
    /// <exception cref="FormatException">It is no CloudEvent 1.0 with a subject and a time; the message names the attribute.</exception>
    public static DataEvent Parse(ReadOnlyMemory<byte> envelope) => Utf8.IsValid(envelope.Span)
        ? CloudEventMembers.Read(envelope).ToEvent()
        : throw new FormatException("No CloudEvent: not UTF-8.");

    /// <summary>
    /// The payload, byte for byte as its producer sent it; null when the event has none, or when it lies behind
    /// <see cref="DataRef"/>.
    /// </summary>
    public byte[]? Payload()
    {
        var raw = Data.Raw(Envelope).Span;
        return Data.Kind switch
        {
            DataKind.Base64 => Convert.FromBase64String(JsonSlice.Unquote(raw)!),
            DataKind.Json when raw[0] == '"' && !Domain.Envelope.Payload.IsJson(ContentType) && JsonSlice.Unquote(raw) is { } text => Encoding.UTF8.GetBytes(text),
            DataKind.Json => raw.ToArray(),
            _ => null,
        };
    }

    /// <summary>The envelope with the stream's sequence in it, for consumers of a bus that keeps no order.</summary>
    /// <param name="streamSequence">The queue's sequence number.</param>
    public ReadOnlyMemory<byte> EnvelopeWith(string streamSequence)
    {
        if (StreamSequence is not null)
        {
            return Envelope;
        }

        return With(Envelope.Span, CloudEventMembers.StreamSequence, streamSequence);
    }

    /// <summary>The envelope marked as published again, for consumers that ignore what they were told before.</summary>
    /// <param name="replay">Name of the run.</param>
    /// <param name="streamSequence">The stream's sequence, or null where it is not known.</param>
    /// <exception cref="ArgumentException">The name is none, see <see cref="IsReplayName"/>.</exception>
    public ReadOnlyMemory<byte> ReplayedEnvelope(string replay, string? streamSequence) => IsReplayName(replay)
        ? With((streamSequence is null ? Envelope : EnvelopeWith(streamSequence)).Span, CloudEventMembers.Replay, replay)
        : throw new ArgumentException($"\"{replay}\" is no replay's name: 1 to {MaxReplayName} letters, digits, '.', '-' or '_'.", nameof(replay));

    public static bool IsReplayName(string text) =>
        text.Length is > 0 and <= MaxReplayName && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');

    /// <summary>Adds a member whose value needs no escaping.</summary>
    private static byte[] With(ReadOnlySpan<byte> envelope, string name, string value)
    {
        var body = envelope.TrimEnd(" \t\r\n"u8)[..^1];
        var member = Encoding.UTF8.GetBytes($",\"{name}\":\"{value}\"}}");
        return [.. body, .. member];
    }

    /// <summary>
    /// Tells an event that is sent again from another event under the same id: SHA-256 of the source, the type and the payload as it stands in the
    /// envelope; base64url, 43 characters. The time of arrival and the trace are not in it, because they differ when an event is sent again.
    /// </summary>
    public string ContentHash()
    {
        Span<char> text = stackalloc char[ContentHashLength];
        ContentHash(text);
        return new string(text);
    }

    /// <summary>The same into <see cref="ContentHashLength"/> characters.</summary>
    public void ContentHash(Span<char> text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HashContent(hash);
        Base64Url.EncodeToChars(hash, text);
    }

    /// <summary>
    /// Whether an event that was stored under the same stream and id, with this content hash, is the same event. Items that an earlier
    /// build stored have a hash of the payload alone: with those only the payload is compared, so that their events can still be sent again.
    /// </summary>
    /// <param name="storedHash">The stored item's; null when it has none.</param>
    public bool HasContent(string? storedHash)
    {
        Span<char> text = stackalloc char[ContentHashLength];
        ContentHash(text);
        if (text.SequenceEqual(storedHash))
        {
            return true;
        }

        Span<byte> payloadHash = stackalloc byte[SHA256.HashSizeInBytes];
        HashPayload(payloadHash);
        Base64Url.EncodeToChars(payloadHash, text);
        return text.SequenceEqual(storedHash);
    }

    private void HashPayload(Span<byte> hash) => SHA256.HashData(Data.Raw(Envelope).Span, hash);

    /// <summary>Of the payload's hash, the source's length, the source and the type: the length keeps the two texts apart.</summary>
    private void HashContent(Span<byte> hash)
    {
        var most = SHA256.HashSizeInBytes + MaxLengthDigits + Encoding.UTF8.GetMaxByteCount(Source.Length + Type.Length);
        var rented = most > MaxOnStack ? PooledArrays.Rent(most) : null;
        var text = rented ?? stackalloc byte[MaxOnStack];
        HashPayload(text);
        Utf8.TryWrite(text[SHA256.HashSizeInBytes..], $"{Source.Length}:{Source}{Type}", out var length);
        SHA256.HashData(text[..(SHA256.HashSizeInBytes + length)], hash);
        if (rented is not null)
        {
            PooledArrays.Return(rented);
        }
    }
}
