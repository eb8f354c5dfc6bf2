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
    /// <summary>SQS's sequence numbers have 20 digits, those of DynamoDB's streams up to 40.</summary>
    public const int MaxSequenceDigits = 40;

    private const int MaxReplayName = 64;

    private const int MaxOnStack = 512;

    internal DataEvent(ReadOnlyMemory<byte> envelope, EventId id, string source, string type, StreamId stream, string time) =>
        (Envelope, Id, Source, Type, Stream, Time) = (envelope, id, source, type, stream, time);

    /// <summary>UTF-8 JSON without line ends.</summary>
    public ReadOnlyMemory<byte> Envelope { get; }

    public EventId Id { get; }

    public string Source { get; }

    public string Type { get; }

    /// <summary>The stream in which the event keeps its order: CloudEvents <c>subject</c>, or without one a share of all such events, see <see cref="StreamId.WithoutSubject"/>.</summary>
    public StreamId Stream { get; }

    /// <summary>Identifies the event in its stream.</summary>
    public string Key => EventKey.Of(Id, Source);

    /// <summary>CloudEvents <c>time</c>, RFC 3339, exactly as its producer wrote it.</summary>
    public string Time { get; }

    public DateTimeOffset OccurredAt => Timestamp.TryParse(Time, out var time) ? time : throw new InvalidOperationException($"\"{Time}\" was checked to be a timestamp.");

    /// <summary>The queue's sequence number, in an event that was published: digits that grow within the stream.</summary>
    public string? StreamSequence { get; internal init; }

    /// <summary>The producer's own number of the event in its stream: 1 to <see cref="MaxSequenceDigits"/> digits. Null if its family has none.</summary>
    public string? ProducerSequence { get; internal init; }

    /// <summary>Name of the run by which an operator published the event again; null in one that is published for the first time.</summary>
    public string? Replay { get; internal init; }

    /// <summary>When the delivery stream accepted the record; the envelope's <see cref="ExtensionNames.AcceptedTime"/>. Null in an envelope that was not made by the Transformer.</summary>
    public DateTimeOffset? AcceptedAt { get; internal init; }

    public string? ContentType { get; internal init; }

    /// <summary>The digest by which two events under one key are compared, see <see cref="ExtensionNames.Content"/>; null if their payloads are compared.</summary>
    public string? Content { get; internal init; }

    /// <summary>Whether the first event of a key always stands: an event with other content counts as a duplicate, not as a conflict.</summary>
    public bool FirstStands { get; internal init; }

    /// <summary>W3C trace context.</summary>
    public string? TraceParent { get; internal init; }

    /// <summary>A URI reference to a payload that is not inline (claim check); null when it is.</summary>
    public string? DataRef => Data.Kind == DataKind.Reference ? JsonSlice.Unquote(Data.Raw(Envelope).Span) : null;

    internal DataMember Data { get; init; }

    /// <summary>Reads an envelope from any sender.</summary>
    /// <exception cref="FormatException">It is no CloudEvent 1.0 with a time; the message names the attribute.</exception>
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
            DataKind.Json when IsQuoted(raw) && JsonSlice.Unquote(raw) is { } text => Encoding.UTF8.GetBytes(text),
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

        return With(Envelope.Span, ExtensionNames.Sequence, streamSequence);
    }

    /// <summary>The envelope marked as published again, for consumers that ignore events that they may have got before.</summary>
    /// <param name="replay">Name of the run.</param>
    /// <param name="streamSequence">The stream's sequence, or null where it is not known.</param>
    /// <exception cref="ArgumentException">The name is not valid, see <see cref="IsReplayName"/>.</exception>
    public ReadOnlyMemory<byte> ReplayedEnvelope(string replay, string? streamSequence) => IsReplayName(replay)
        ? With((streamSequence is null ? Envelope : EnvelopeWith(streamSequence)).Span, ExtensionNames.Replay, replay)
        : throw new ArgumentException($"\"{replay}\" is no replay's name: 1 to {MaxReplayName} letters, digits, '.', '-' or '_'.", nameof(replay));

    /// <summary>Whether a text can be a number in a stream: a whole number without sign, of at most <see cref="MaxSequenceDigits"/> digits.</summary>
    public static bool IsSequence(string text) => text.Length is > 0 and <= MaxSequenceDigits && text.All(char.IsAsciiDigit);

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
    /// Two events with one key are the same event if this hash is the same. It is a SHA-256 of the type and of the payload (or of <see cref="Content"/>), in
    /// base64url, 43 characters. It makes no difference whether the payload is inline or behind a reference of ours, because a copy that is sent again may fall
    /// on the other side of the inline limit. It leaves out the time of arrival and the trace, because both change when an event is sent again.
    /// </summary>
    public string ContentHash()
    {
        Span<char> text = stackalloc char[ContentHashLength];
        ContentHash(text);
        return new string(text);
    }

    /// <summary>The same into <see cref="ContentHashLength"/> characters.</summary>
    public void ContentHash(Span<char> text) => Hash(text, ofStanding: false);

    /// <summary>
    /// Whether an item with this hash is the same event. An item of an earlier version has the hash of the payload as it stands in the envelope, in quotes or as
    /// a reference.
    /// </summary>
    public bool HasContentHash(string? hash)
    {
        Span<char> text = stackalloc char[ContentHashLength];
        ContentHash(text);
        if (text.SequenceEqual(hash))
        {
            return true;
        }

        Hash(text, ofStanding: true);
        return text.SequenceEqual(hash);
    }

    private void Hash(Span<char> text, bool ofStanding)
    {
        var most = SHA256.HashSizeInBytes + Encoding.UTF8.GetMaxByteCount(Type.Length);
        var rented = most > MaxOnStack ? PooledArrays.Rent(most) : null;
        var content = rented ?? stackalloc byte[MaxOnStack];
        HashContent(content, ofStanding);
        var length = SHA256.HashSizeInBytes + Encoding.UTF8.GetBytes(Type, content[SHA256.HashSizeInBytes..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content[..length], hash);
        Base64Url.EncodeToChars(hash, text);
        if (rented is not null)
        {
            PooledArrays.Return(rented);
        }
    }

    private void HashContent(Span<byte> hash, bool ofStanding)
    {
        if (Content is { } given)
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(given), hash);
        }
        else if (ofStanding || DataRef is not { } reference || !PayloadName.TryReadHash(reference, hash[..SHA256.HashSizeInBytes]))
        {
            var standing = Data.Raw(Envelope).Span;
            SHA256.HashData(!ofStanding && IsQuoted(standing) && Payload() is { Length: > 0 } payload ? payload : standing, hash);
        }
    }

    /// <summary>Whether the payload's bytes are others than those in the envelope.</summary>
    private bool IsQuoted(ReadOnlySpan<byte> standing) =>
        Data.Kind == DataKind.Base64 || (Data.Kind == DataKind.Json && standing[0] == '"' && !Domain.Envelope.Payload.IsJson(ContentType));
}
