using System.Buffers.Text;
using System.Text.Json;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain;

/// <summary>The members of a CloudEvent in structured JSON, checked, in no particular order.</summary>
internal sealed class CloudEventMembers
{
    /// <summary>Our extension: when the delivery stream accepted the record (RFC 3339, ms).</summary>
    public const string AcceptedTime = "acceptedtime";

    /// <summary>Our extension, added when an event is published: the queue's sequence number, which orders a stream's events for consumers of an unordered bus.</summary>
    public const string StreamSequence = "streamsequence";

    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlyMemory<byte> _json;
    private readonly Dictionary<string, JsonSlice> _members = [];
    private readonly Dictionary<string, string> _texts = [];

    private CloudEventMembers(ReadOnlyMemory<byte> json) => _json = json;

    public EventId Id => new(_texts["id"]);

    public string Source => _texts["source"];

    public string Type => _texts["type"];

    public string? Subject => _texts.GetValueOrDefault("subject");

    public string? Time => _texts.GetValueOrDefault("time");

    public string? ContentType => _texts.GetValueOrDefault("datacontenttype");

    public string? TraceParent => _texts.GetValueOrDefault("traceparent");

    public int DataDepth { get; private set; }

    /// <exception cref="FormatException">Not a CloudEvent 1.0; the message names the attribute.</exception>
    public static CloudEventMembers Read(ReadOnlyMemory<byte> json)
    {
        var members = new CloudEventMembers(json);
        try
        {
            members.ReadMembers();
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            throw new FormatException($"No CloudEvent: {fault.Message}", fault);
        }

        members.Check();
        return members;
    }

    public DataEvent ToEvent() => new(_json, Id, Source, Type, new StreamId(Subject ?? throw Wrong("subject", "a stream id")), Time ?? throw Wrong("time", "an RFC 3339 timestamp"))
    {
        AcceptedAt = _texts.GetValueOrDefault(AcceptedTime) is { } text && Timestamp.TryParse(text, out var accepted) ? accepted : null,
        ContentType = ContentType,
        TraceParent = TraceParent,
        StreamSequence = _texts.GetValueOrDefault(StreamSequence),
        Data = Data(),
    };

    /// <summary>The payload in the form in which it can travel on.</summary>
    public Payload Payload()
    {
        var data = Data();
        var raw = data.Raw(_json);
        return data.Kind switch
        {
            DataKind.Json => Domain.Payload.OfJson(raw, DataDepth, ContentType),
            DataKind.Base64 => new Payload(PayloadForm.EncodedBase64, raw[1..^1], ContentType),
            _ => new Payload(PayloadForm.None, default, ContentType),
        };
    }

    public IReadOnlyList<CloudEventExtension> Extensions()
    {
        List<CloudEventExtension>? extensions = null;
        foreach (var (name, value) in _members)
        {
            if (IsExtension(name) && value.Type != JsonTokenType.Null)
            {
                (extensions ??= []).Add(new CloudEventExtension(name, value.Raw(_json)));
            }
        }

        return extensions ?? (IReadOnlyList<CloudEventExtension>)[];
    }

    private static bool IsExtension(string name) => name is not ("specversion" or "id" or "source" or "type" or "subject" or "time"
        or "datacontenttype" or "traceparent" or "data" or "data_base64" or AcceptedTime or StreamSequence);

    private DataMember Data()
    {
        var (kind, value) = _members.TryGetValue("data", out var json) ? (DataKind.Json, json)
            : _members.TryGetValue("data_base64", out var base64) ? (DataKind.Base64, base64)
            : _members.TryGetValue("dataref", out var reference) ? (DataKind.Reference, reference)
            : (DataKind.None, default);
        return new DataMember(kind, value.Start, value.Length);
    }

    private void ReadMembers()
    {
        var reader = new Utf8JsonReader(_json.Span, AnyDepth);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("No CloudEvent: not a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            _members[name] = ReadValue(ref reader, name);
        }

        if (reader.Read())
        {
            throw new FormatException("No CloudEvent: something follows the JSON object.");
        }
    }

    private JsonSlice ReadValue(ref Utf8JsonReader reader, string name)
    {
        var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        if (name != "data" && type == JsonTokenType.String && Domain.Payload.HasNonCharacters(reader.ValueSpan))
        {
            throw Wrong(name, "text without U+FFFE and U+FFFF");
        }

        if (name is not ("data" or "data_base64") && type == JsonTokenType.String)
        {
            _texts[name] = reader.GetString()!;
        }

        if (type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            ReadContainer(ref reader, name);
        }

        return new JsonSlice(type, start, (int)reader.BytesConsumed - start);
    }

    private void ReadContainer(ref Utf8JsonReader reader, string name)
    {
        if (name != "data")
        {
            throw Wrong(name, "a string, number or boolean");
        }

        var outer = reader.CurrentDepth;
        DataDepth = 1;
        while (reader.Read() && reader.CurrentDepth > outer)
        {
            var starts = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            DataDepth = Math.Max(DataDepth, reader.CurrentDepth - outer + (starts ? 1 : 0));
        }
    }

    private void Check()
    {
        CheckText("specversion", static text => text == "1.0", "\"1.0\"");
        CheckText("id", EventId.IsValid, $"1 to {EventId.MaxBytes} bytes of UTF-8");
        CheckText("source", static text => text.Length > 0, "a URI reference");
        CheckText("type", static text => text.Length > 0, "text that is not empty");
        CheckOptional("subject", StreamId.IsValid, $"1 to {StreamId.MaxBytes} bytes of UTF-8");
        CheckOptional("time", static text => Timestamp.TryParse(text, out _), "an RFC 3339 timestamp");
        CheckOptional("datacontenttype", static text => text.Length > 0, "a media type");
        CheckOptional("traceparent", static text => text.Length > 0, "a W3C trace context");
        CheckOptional("dataref", static text => text.Length > 0, "a URI reference");
        if (_members.TryGetValue("data_base64", out var base64)
            && (base64.Type != JsonTokenType.String || _members.ContainsKey("data") || !Base64.IsValid(base64.Raw(_json.Span)[1..^1])))
        {
            throw Wrong("data_base64", "base64, and no data beside it");
        }
    }

    private void CheckText(string name, Predicate<string> isValid, string expected)
    {
        if (!_texts.TryGetValue(name, out var text) || !isValid(text))
        {
            throw Wrong(name, expected);
        }
    }

    private void CheckOptional(string name, Predicate<string> isValid, string expected)
    {
        if (_members.TryGetValue(name, out var value) && value.Type == JsonTokenType.Null)
        {
            _members.Remove(name);
        }
        else if (value.Exists)
        {
            CheckText(name, isValid, expected);
        }
    }

    private static FormatException Wrong(string attribute, string expected) => new($"No CloudEvent: {attribute} must be {expected}.");
}
