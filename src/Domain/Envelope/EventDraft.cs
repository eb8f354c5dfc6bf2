using System.Text.Json;

namespace DataToEvents.Domain;

/// <summary>An event before its envelope is written: payload inline, or behind a reference when it is too big (claim check).</summary>
internal sealed record EventDraft(
    EventId Id,
    string Source,
    string Type,
    StreamId Stream,
    string Time,
    DateTimeOffset AcceptedAt,
    Payload Payload,
    string? TraceParent,
    IReadOnlyList<CloudEventExtension> Extensions)
{
    /// <summary>The envelope with the payload in it.</summary>
    public DataEvent Inline(EnvelopeWriter envelopes) => Write(envelopes, null);

    /// <summary>The envelope with <paramref name="dataRef"/> in the payload's place.</summary>
    public DataEvent Referring(string dataRef) => Write(new EnvelopeWriter(null), dataRef);

    private DataEvent Write(EnvelopeWriter envelopes, string? dataRef)
    {
        var writer = envelopes.Begin();
        writer.WriteStartObject();
        WriteAttributes(writer, dataRef is null);
        var dataStart = WriteData(writer, dataRef);
        var dataEnd = (int)(writer.BytesCommitted + writer.BytesPending);
        writer.WriteEndObject();
        return new DataEvent(envelopes.End(), Id, Source, Type, Stream, Time)
        {
            AcceptedAt = AcceptedAt,
            ContentType = Payload.ContentType,
            TraceParent = TraceParent,
            Data = new DataMember(dataRef is null ? Kind : DataKind.Reference, dataStart, dataEnd - dataStart),
        };
    }

    private DataKind Kind => Payload.Form switch
    {
        PayloadForm.None => DataKind.None,
        PayloadForm.Json or PayloadForm.Text => DataKind.Json,
        PayloadForm.Reference => DataKind.Reference,
        _ => DataKind.Base64,
    };

    private void WriteAttributes(Utf8JsonWriter writer, bool inline)
    {
        writer.WriteString("specversion"u8, "1.0"u8);
        writer.WriteString("id"u8, Id.Value);
        writer.WriteString("source"u8, Source);
        writer.WriteString("type"u8, Type);
        writer.WriteString("subject"u8, Stream.Value);
        writer.WriteString("time"u8, Time);
        Span<byte> acceptedAt = stackalloc byte[Timestamp.Length];
        Timestamp.Format(AcceptedAt, acceptedAt);
        writer.WriteString(CloudEventMembers.AcceptedTime, acceptedAt);
        if (Payload.ContentType is { } contentType)
        {
            writer.WriteString("datacontenttype"u8, contentType);
        }

        if (TraceParent is { } traceParent)
        {
            writer.WriteString("traceparent"u8, traceParent);
        }

        foreach (var extension in Extensions)
        {
            if (inline || extension.Name != "dataref")
            {
                writer.WritePropertyName(extension.Name);
                writer.WriteRawValue(extension.Value.Span, skipInputValidation: true);
            }
        }
    }

    /// <returns>Where the value begins.</returns>
    private int WriteData(Utf8JsonWriter writer, string? dataRef)
    {
        if (dataRef is null && Payload.Form == PayloadForm.None)
        {
            return (int)(writer.BytesCommitted + writer.BytesPending);
        }

        writer.WritePropertyName(dataRef is not null || Kind == DataKind.Reference ? "dataref"u8 : Kind == DataKind.Base64 ? "data_base64"u8 : "data"u8);
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

/// <summary>An attribute of a producer's CloudEvent that we do not know: kept as it is written.</summary>
internal readonly record struct CloudEventExtension(string Name, ReadOnlyMemory<byte> Value);
