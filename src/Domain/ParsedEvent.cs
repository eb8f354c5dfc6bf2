using System.Runtime.CompilerServices;
using DataToEvents.Domain.Envelope;

namespace DataToEvents.Domain;

/// <summary>An event that was read from a record, before its envelope is written: with its payload inline, or with a reference to it (claim check).</summary>
public sealed record ParsedEvent
{
    private readonly EnvelopeWriter? _envelopes;

    internal ParsedEvent(EnvelopeWriter? envelopes) => _envelopes = envelopes;

    /// <summary>An event that the catalog drops. It has no envelope.</summary>
    internal static ParsedEvent Dropped { get; } = new(envelopes: null);

    /// <summary>A record that cannot be an event because of its content. It has no envelope.</summary>
    internal static ParsedEvent Refused(string reason) => new(envelopes: null) { Refusal = reason };

    public bool IsDropped => _envelopes is null && Refusal is null;

    /// <summary>False for a record that is dropped, and for one that cannot be read.</summary>
    public bool HasEnvelope => _envelopes is not null;

    /// <summary>The place of the catalog's entry that matched, from 0 on; null in a CloudEvent, and when none did.</summary>
    public int? Entry { get; internal init; }

    /// <summary>Whether the record brought the id. Such an id is the same however often and whenever the record is sent.</summary>
    public bool HasOwnId { get; internal init; }

    /// <summary>Whether the record brought the time. Otherwise it is the time of arrival.</summary>
    public bool HasOwnTime { get; internal init; }

    /// <summary>Why the record that the event came in has to fail; null: it need not.</summary>
    public string? Refusal { get; internal init; }

    internal EventId Id { get; init; }

    internal string Source { get; init; } = "";

    internal string Type { get; init; } = "";

    internal StreamId Stream { get; init; }

    /// <summary>Whether the envelope names the stream. A CloudEvent without a subject gets none.</summary>
    internal bool HasSubject { get; init; } = true;

    /// <summary>See <see cref="DataEvent.Content"/>.</summary>
    internal string? Content { get; init; }

    /// <summary>See <see cref="DataEvent.FirstStands"/>.</summary>
    internal bool FirstStands { get; init; }

    /// <summary>See <see cref="DataEvent.ProducerSequence"/>.</summary>
    internal string? ProducerSequence { get; init; }

    internal string Time { get; init; } = "";

    internal DateTimeOffset AcceptedAt { get; init; }

    internal Payload Payload { get; init; }

    /// <summary>The payload as its producer sent it, where masks changed it; null where there are none.</summary>
    internal StrongBox<Payload>? Unmasked { get; init; }

    internal string? TraceParent { get; init; }

    internal IReadOnlyList<CloudEventExtension> Extensions { get; init; } = [];

    /// <summary>The event with its payload in the envelope. Write the events of one reader one after the other, never at the same time.</summary>
    public DataEvent Inline() => Write(_envelopes ?? throw NoEnvelope(), null);

    /// <summary>The event with <paramref name="dataRef"/>, a URI reference, in its payload's place.</summary>
    public DataEvent Referring(string dataRef) => _envelopes is null ? throw NoEnvelope() : Write(new EnvelopeWriter(null), dataRef);

    /// <summary>The event with its payload inline and without masks, for an operator who sends it in again: the Transformer puts the masks on, which must not happen twice.</summary>
    public DataEvent InlineUnmasked() => Unmasked is { } sent ? (this with { Payload = sent.Value }).Inline() : Inline();

    private InvalidOperationException NoEnvelope() => new(Refusal ?? "The catalog drops this event.");

    private DataEvent Write(EnvelopeWriter envelopes, string? dataRef)
    {
        var writer = envelopes.Begin();
        writer.WriteStartObject();
        WriteAttributes(writer);
        var dataStart = WriteData(writer, dataRef);
        var dataEnd = (int)(writer.BytesCommitted + writer.BytesPending);
        writer.WriteEndObject();
        return new DataEvent(envelopes.End(), Id, Source, Type, Stream, Time)
        {
            AcceptedAt = AcceptedAt,
            ContentType = Payload.ContentType,
            Content = Content,
            FirstStands = FirstStands,
            ProducerSequence = ProducerSequence,
            TraceParent = TraceParent,
            Data = new DataMember(dataRef is null ? Kind : DataKind.Reference, dataStart, dataEnd - dataStart),
        };
    }

    /// <summary>The extension for a reference to the payload. It is another one than <c>dataref</c> if the producer uses that.</summary>
    private string ReferenceName => Extensions.Any(static extension => extension.Name == "dataref") ? ExtensionNames.DataRef : "dataref";

    private DataKind Kind => Payload.Form switch
    {
        PayloadForm.None => DataKind.None,
        PayloadForm.Json or PayloadForm.Text => DataKind.Json,
        PayloadForm.Reference => DataKind.Reference,
        _ => DataKind.Base64,
    };

    private void WriteAttributes(Utf8JsonWriter writer)
    {
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, Id.Value);
        writer.WriteString("source"u8, Source);
        writer.WriteString("type"u8, Type);
        if (HasSubject)
        {
            writer.WriteString("subject"u8, Stream.Value);
        }

        writer.WriteString("time"u8, Time);
        Span<byte> acceptedAt = stackalloc byte[Timestamp.Length];
        Timestamp.Format(AcceptedAt, acceptedAt);
        writer.WriteString(ExtensionNames.AcceptedTime, acceptedAt);
        if (Payload.ContentType is { } contentType)
        {
            writer.WriteString("datacontenttype"u8, contentType);
        }

        if (Content is { } content)
        {
            writer.WriteString(ExtensionNames.Content, content);
        }

        if (FirstStands)
        {
            writer.WriteString(ExtensionNames.Conflict, ExtensionNames.First);
        }

        if (ProducerSequence is { } number)
        {
            writer.WriteString(ExtensionNames.ProducerSequence, number);
        }

        if (TraceParent is { } traceParent)
        {
            writer.WriteString("traceparent"u8, traceParent);
        }

        foreach (var extension in Extensions)
        {
            writer.WritePropertyName(extension.Name);
            writer.WriteRawValue(extension.Value.Span, skipInputValidation: true);
        }
    }

    /// <returns>The offset at which the value begins, in bytes.</returns>
    private int WriteData(Utf8JsonWriter writer, string? dataRef)
    {
        if (dataRef is null && Payload.Form == PayloadForm.None)
        {
            return (int)(writer.BytesCommitted + writer.BytesPending);
        }

        if (dataRef is not null || Kind == DataKind.Reference)
        {
            writer.WritePropertyName(ReferenceName);
        }
        else
        {
            writer.WritePropertyName(Kind == DataKind.Base64 ? "data_base64"u8 : "data"u8);
        }

        var start = (int)(writer.BytesCommitted + writer.BytesPending);
        switch (Payload.Form)
        {
            case var _ when dataRef is not null:
                writer.WriteStringValue(dataRef);
                break;
            case PayloadForm.Json or PayloadForm.Reference:
                writer.WriteRawValue(Payload.Bytes.Span, skipInputValidation: true);
                break;
            case PayloadForm.Base64:
                writer.WriteBase64StringValue(Payload.Bytes.Span);
                break;
            default:
                writer.WriteStringValue(Payload.Bytes.Span);
                break;
        }

        return start;
    }
}
