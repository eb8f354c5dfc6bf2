using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Envelope;

/// <summary>How a payload stands in its envelope.</summary>
internal enum PayloadForm
{
    /// <summary>The event has no data.</summary>
    None,

    /// <summary>A JSON value, copied verbatim into <c>data</c>.</summary>
    Json,

    /// <summary>Other text: a JSON string in <c>data</c>.</summary>
    Text,

    /// <summary>Bytes in <c>data_base64</c>.</summary>
    Base64,

    /// <summary>Base64 text as its producer wrote it, in <c>data_base64</c>.</summary>
    EncodedBase64,

    /// <summary>The producer's own claim check: a JSON string, in <c>dataref</c>.</summary>
    Reference,
}

/// <summary>A payload's bytes and the form in which they survive every hop unchanged.</summary>
internal readonly record struct Payload(PayloadForm Form, ReadOnlyMemory<byte> Bytes, string? ContentType)
{
    public const string JsonType = "application/json";
    public const string TextType = "text/plain";
    public const string BinaryType = "application/octet-stream";

    // EventBridge refuses a detail of more than 1,000 nested levels, and the envelope is one of them.
    private const int MaxInlineDepth = 990;

    /// <summary>JSON stays JSON where each hop can carry it verbatim; else it travels as bytes that still say they are JSON.</summary>
    public static Payload OfJson(ReadOnlyMemory<byte> value, int depth, bool hasWideInteger, string? contentType) =>
        depth <= MaxInlineDepth && !hasWideInteger && IsOneLine(value.Span) && !HasNonCharacters(value.Span)
            ? new Payload(PayloadForm.Json, value, contentType)
            : new Payload(PayloadForm.Base64, value, contentType);

    /// <summary>
    /// The <c>data</c> of a producer's CloudEvent: JSON, or a string that stands for the text of another media type. Another JSON value there
    /// breaks CloudEvents' JSON format (3.1: "MUST store a string representation"), and its SDKs refuse the event; such a value is its own text.
    /// </summary>
    public static Payload OfData(ReadOnlyMemory<byte> value, int depth, bool hasWideInteger, string? contentType)
    {
        if (IsJson(contentType) || value.Span.SequenceEqual("null"u8))
        {
            return OfJson(value, depth, hasWideInteger, contentType);
        }

        if (value.Span[0] != '"')
        {
            return new Payload(PayloadForm.Text, value, contentType);
        }

        return HasNonCharacters(value.Span) && JsonSlice.Unquote(value.Span) is { } text
            ? new Payload(PayloadForm.Text, Encoding.UTF8.GetBytes(text), contentType)
            : OfJson(value, depth, hasWideInteger, contentType);
    }

    /// <summary>Makes the payload of bytes that are no JSON: text if they are UTF-8, else binary.</summary>
    public static Payload OfOther(ReadOnlyMemory<byte> content) => Utf8.IsValid(content.Span)
        ? new Payload(PayloadForm.Text, content, TextType)
        : new Payload(PayloadForm.Base64, content, BinaryType);

    /// <summary>CloudEvents: no content type means JSON.</summary>
    public static bool IsJson(string? contentType)
    {
        var media = contentType.AsSpan();
        var parameters = media.IndexOf(';');
        media = (parameters < 0 ? media : media[..parameters]).Trim();
        return contentType is null
            || media.EndsWith("/json", StringComparison.OrdinalIgnoreCase)
            || media.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>SQS bodies are XML characters: no U+FFFE, no U+FFFF. Strings that we write escape them; verbatim JSON cannot.</summary>
    public static bool HasNonCharacters(ReadOnlySpan<byte> utf8) =>
        utf8.IndexOf("\uFFFE"u8) >= 0 || utf8.IndexOf("\uFFFF"u8) >= 0;

    /// <summary>The lake holds one event a line. Line ends inside a JSON value are white space only: its strings cannot hold them.</summary>
    private static bool IsOneLine(ReadOnlySpan<byte> value) => value.IndexOfAny((byte)'\r', (byte)'\n') < 0;
}
