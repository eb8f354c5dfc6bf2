using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Envelope;

/// <summary>The members of a CloudEvent in structured JSON, checked, in no particular order.</summary>
internal sealed class CloudEventMembers
{
    private static readonly string IdForm = $"1 to {EventId.MaxBytes} bytes of UTF-8";
    private static readonly string StreamForm = $"1 to {StreamId.MaxBytes} bytes of UTF-8";
    private static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlyMemory<byte> _json;
    private readonly MemberTable _members = new();

    private CloudEventMembers(ReadOnlyMemory<byte> json) => _json = json;

    public EventId Id => new(_members["id"].Text!);

    public string Source => _members["source"].Text!;

    public string Type => _members["type"].Text!;

    public bool HasSubject => _members["subject"].Exists;

    public StreamId Stream => _members["subject"].Text is { } subject ? new StreamId(subject) : StreamId.WithoutSubject(Id, Source);

    public string? Time => _members["time"].Text;

    public string? ContentType => _members["datacontenttype"].Text;

    public string? Content => _members[ExtensionNames.Content].Text;

    public bool FirstStands => _members[ExtensionNames.Conflict].Text == ExtensionNames.First;

    public string? TraceParent => _members["traceparent"].Text;

    /// <summary>The id under which the event came, if it says that it was released from quarantine.</summary>
    public EventId? FormerId => _members[ExtensionNames.ConflictsWith].Text is { } id && EventId.IsValid(id) ? new EventId(id) : null;

    public int DataDepth { get; private set; }

    public bool DataHasWideInteger { get; private set; }

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

    /// <summary>The same for what a producer sends.</summary>
    /// <param name="trouble">The error; empty when there is none.</param>
    public static bool TryReadRecord(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out CloudEventMembers? members, out string trouble)
    {
        try
        {
            (members, trouble) = (Read(json), "");
        }
        catch (FormatException fault)
        {
            (members, trouble) = (null, fault.Message);
            return false;
        }

        foreach (var name in ExtensionNames.OfTheWay)
        {
            if (members._members[name].Exists)
            {
                (members, trouble) = (null, $"No CloudEvent of a producer: {name} is written on the way only.");
                return false;
            }
        }

        return true;
    }

    public DataEvent ToEvent() => new(_json, Id, Source, Type, Stream, Time ?? throw Wrong("time", "an RFC 3339 timestamp"))
    {
        AcceptedAt = _members[ExtensionNames.AcceptedTime].Text is { } text && Timestamp.TryParse(text, out var accepted) ? accepted : null,
        ContentType = ContentType,
        TraceParent = TraceParent,
        StreamSequence = _members[ExtensionNames.Sequence].Text,
        ProducerSequence = _members[ExtensionNames.ProducerSequence].Text is { } number && DataEvent.IsSequence(number) ? number : null,
        Replay = _members[ExtensionNames.Replay].Text,
        Content = Content,
        FirstStands = FirstStands,
        Data = Data(),
    };

    /// <summary>The payload in the form in which it can travel on.</summary>
    public Payload Payload()
    {
        var data = Data();
        var raw = data.Raw(_json);
        return data.Kind switch
        {
            DataKind.Json => Domain.Envelope.Payload.OfData(raw, DataDepth, DataHasWideInteger, ContentType),
            DataKind.Base64 => new Payload(PayloadForm.EncodedBase64, Base64Text(raw), ContentType),
            DataKind.Reference => new Payload(PayloadForm.Reference, raw, ContentType),
            _ => new Payload(PayloadForm.None, default, ContentType),
        };
    }

    public IReadOnlyList<CloudEventExtension> Extensions()
    {
        List<CloudEventExtension>? extensions = null;
        var reference = Data().Kind != DataKind.Reference ? null : _members[ExtensionNames.DataRef].Exists ? ExtensionNames.DataRef : "dataref";
        foreach (var (name, member) in _members.All())
        {
            if (IsExtension(name) && name != reference)
            {
                (extensions ??= []).Add(new CloudEventExtension(name, member.Value.Raw(_json)));
            }
        }

        return extensions ?? (IReadOnlyList<CloudEventExtension>)[];
    }

    private static bool IsExtension(string name) => name is not ("specversion" or "id" or "source" or "type" or "subject" or "time"
        or "datacontenttype" or "traceparent" or "data" or "data_base64" or ExtensionNames.Content or ExtensionNames.Conflict);

    private DataMember Data()
    {
        var (kind, member) = _members["data"] is { Exists: true } json ? (DataKind.Json, json)
            : _members["data_base64"] is { Exists: true } base64 ? (DataKind.Base64, base64)
            : _members[ExtensionNames.DataRef] is { Exists: true } ours ? (DataKind.Reference, ours)
            : _members["dataref"] is { Exists: true } reference ? (DataKind.Reference, reference)
            : (DataKind.None, default);
        return new DataMember(kind, member.Value.Start, member.Value.Length);
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
            var name = MemberTable.NameAt(ref reader, out var isCommon);
            reader.Read();
            if (!isCommon && !CloudEventRules.IsName(name))
            {
                throw Wrong(name, "a name of lower-case letters and digits");
            }

            Keep(name, ref reader);
        }

        if (reader.Read())
        {
            throw new FormatException("No CloudEvent: something follows the JSON object.");
        }
    }

    /// <summary>The last of several members of one name counts, and null is as if there were none.</summary>
    private void Keep(string name, ref Utf8JsonReader reader)
    {
        var (type, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        if (type == JsonTokenType.Null && name != "data")
        {
            _members[name] = default;
            return;
        }

        var text = name is "data" or "data_base64" ? null : TextOf(name, ref reader);
        if (name == "data")
        {
            ReadData(ref reader);
        }

        _members[name] = new Member(new JsonSlice(type, start, (int)reader.BytesConsumed - start), text);
    }

    private static string? TextOf(string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var text = name switch
            {
                "specversion" when reader.ValueTextEquals("1.0"u8) => "1.0",
                "datacontenttype" when reader.ValueTextEquals(Domain.Envelope.Payload.JsonType) => Domain.Envelope.Payload.JsonType,
                _ => reader.GetString()!,
            };
            return CloudEventText.IsValid(text) ? text : throw Wrong(name, "text without control characters and noncharacters");
        }

        return reader.TokenType is JsonTokenType.True or JsonTokenType.False || (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out _))
            ? null
            : throw Wrong(name, "a string, a boolean or a whole number of 32 bits");
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        (DataDepth, DataHasWideInteger) = (0, WideInteger.IsAt(ref reader));
        if (reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return;
        }

        var outer = reader.CurrentDepth;
        DataDepth = 1;
        while (reader.Read() && reader.CurrentDepth > outer)
        {
            var starts = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            DataHasWideInteger |= WideInteger.IsAt(ref reader);
            DataDepth = Math.Max(DataDepth, reader.CurrentDepth - outer + (starts ? 1 : 0));
        }
    }

    private void Check()
    {
        CheckText("specversion", static text => text == "1.0", "\"1.0\"");
        CheckText("id", EventId.IsValid, IdForm);
        CheckText("source", CloudEventRules.IsReference, "a URI reference");
        CheckText("type", static text => text.Length > 0, "text that is not empty");
        CheckOptional("subject", StreamId.IsValid, StreamForm);
        CheckOptional("time", Timestamp.IsValid, "an RFC 3339 timestamp");
        CheckOptional("datacontenttype", CloudEventRules.IsMediaType, "a media type");
        CheckOptional("dataschema", CloudEventRules.IsUri, "an absolute URI");
        CheckOptional("traceparent", static text => text.Length > 0, "a W3C trace context");
        CheckOptional("dataref", CloudEventRules.IsReference, "a URI reference");
        CheckOptional(ExtensionNames.DataRef, CloudEventRules.IsReference, "a URI reference");
        CheckOptional(ExtensionNames.Content, static text => text.Length > 0, "text that is not empty");
        CheckOptional(ExtensionNames.Conflict, static text => text == ExtensionNames.First, $"\"{ExtensionNames.First}\"");
        if (_members["data_base64"] is { Exists: true, Value: var base64 }
            && (base64.Type != JsonTokenType.String || _members["data"].Exists || !IsBase64(base64.Raw(_json))))
        {
            throw Wrong("data_base64", "base64, and no data beside it");
        }

        if (_members[ExtensionNames.DataRef].Exists && Data().Kind != DataKind.Reference)
        {
            throw Wrong(ExtensionNames.DataRef, "without data beside it");
        }
    }

    private static bool IsBase64(ReadOnlyMemory<byte> quoted) => quoted.Span.Contains((byte)'\\')
        ? JsonSlice.Unquote(quoted.Span) is { } text && Base64.IsValid(text)
        : Base64.IsValid(quoted.Span[1..^1]);

    /// <summary>The text between the quotes, unescaped if need be: some producers escape slashes ("\/").</summary>
    private static ReadOnlyMemory<byte> Base64Text(ReadOnlyMemory<byte> quoted) =>
        quoted.Span.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(JsonSlice.Unquote(quoted.Span)!) : quoted[1..^1];

    private void CheckText(string name, Predicate<string> isValid, string expected)
    {
        if (_members[name].Text is not { } text || !isValid(text))
        {
            throw Wrong(name, expected);
        }
    }

    private void CheckOptional(string name, Predicate<string> isValid, string expected)
    {
        if (_members[name].Exists)
        {
            CheckText(name, isValid, expected);
        }
    }

    private static FormatException Wrong(string attribute, string expected) => new($"No CloudEvent: {attribute} must be {expected}.");
}
