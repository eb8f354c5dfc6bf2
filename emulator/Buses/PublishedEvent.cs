namespace DataToEvents.Emulator.Buses;

/// <summary>An event as targets get it, and its trace header. The detail is the last member, so that a pattern that does not test it need not parse it.</summary>
/// <param name="Json">The event.</param>
/// <param name="DetailStart">The offset at which its detail begins, in bytes.</param>
/// <param name="TraceHeader">X-Ray's; null: none.</param>
/// <param name="TimeMs">The time that its entry had, in Unix milliseconds; null: that of the call, or not known any more.</param>
internal readonly record struct PublishedEvent(ReadOnlyMemory<byte> Json, int DetailStart, string? TraceHeader = null, long? TimeMs = null)
{
    private static readonly JsonDocumentOptions Nesting = new() { MaxDepth = BusLimits.MaxNestedLevels + 1 };

    public ReadOnlyMemory<byte> Detail => Json[DetailStart..^1];

    /// <summary>What the event counts for in an archive.</summary>
    public int ArchivedBytes
    {
        get
        {
            var (size, member) = (Detail.Length, "");
            var json = new Utf8JsonReader(Json.Span[..DetailStart], isFinalBlock: false, default);
            while (json.Read())
            {
                member = json.TokenType == JsonTokenType.PropertyName ? json.GetString() : member;
                size += json.TokenType == JsonTokenType.String && member is "source" or "detail-type" or "time" or "resources" ? Encoding.UTF8.GetByteCount(json.GetString()!) : 0;
            }

            return size;
        }
    }

    private int TraceBytes => TraceHeader is null ? 0 : Frames.PrefixBytes + Encoding.UTF8.GetByteCount(TraceHeader);

    /// <summary>Parses the event for patterns. Without the detail this is much cheaper.</summary>
    public JsonDocument Parse(bool withDetail)
    {
        if (withDetail)
        {
            return JsonDocument.Parse(Json, Nesting);
        }

        // …,"detail":{…}} → …}
        var length = DetailStart - ",\"detail\":".Length;
        var head = new byte[length + 1];
        Json.Span[..length].CopyTo(head);
        head[^1] = (byte)'}';
        return JsonDocument.Parse(head);
    }

    /// <returns>An event that lies in the buffer, valid until the buffer is returned.</returns>
    public static PublishedEvent Create(EventBuffer buffer, BusEntry entry, string id, EventBusOptions bus, DateTimeOffset now)
    {
        var json = buffer.Begin();
        json.WriteStartObject();
        json.WriteString("version"u8, "0"u8);
        json.WriteString("id"u8, id);
        json.WriteString("detail-type"u8, entry.DetailType);
        json.WriteString("source"u8, entry.Source);
        json.WriteString("account"u8, bus.AccountId);
        json.WriteString("time"u8, (entry.Time ?? now).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
        json.WriteString("region"u8, bus.Region);
        json.WriteStartArray("resources"u8);
        foreach (var resource in entry.Resources ?? [])
        {
            json.WriteStringValue(resource);
        }

        json.WriteEndArray();
        json.WritePropertyName("detail"u8);
        var start = (int)(json.BytesCommitted + json.BytesPending);
        json.WriteRawValue(entry.Detail.Span, skipInputValidation: true);
        json.WriteEndObject();
        return new PublishedEvent(buffer.End(), start, entry.TraceHeader, entry.Time?.ToUnixTimeMilliseconds());
    }

    /// <summary>The same event with the name of its replay.</summary>
    public PublishedEvent Replayed(string replay)
    {
        var marker = JsonEncodedText.Encode(replay).EncodedUtf8Bytes;
        var json = new ArrayBufferWriter<byte>(Json.Length + marker.Length + 32);
        json.Write("{\"replay-name\":\""u8);
        json.Write(marker);
        json.Write("\","u8);
        var added = json.WrittenCount - 1;
        json.Write(Json.Span[1..]);
        return new PublishedEvent(json.WrittenMemory, DetailStart + added, TraceHeader);
    }

    /// <summary>Packs events as the body of one row, after the names of the rules that they are for. An empty text means all rules.</summary>
    public static byte[] Pack(IReadOnlyList<PublishedEvent> events, string rules = "")
    {
        var names = Encoding.UTF8.GetBytes(rules);
        var body = new byte[Frames.PrefixBytes + names.Length + events.Sum(static item => Frames.PrefixBytes + sizeof(int) + item.Json.Length + item.TraceBytes)];
        var rest = Frames.Write(body, names);
        foreach (var item in events)
        {
            // A negative number says that a trace header comes before the event. Rows without one keep the older format.
            BinaryPrimitives.WriteInt32LittleEndian(rest, item.TraceHeader is null ? item.DetailStart : -item.DetailStart);
            rest = rest[sizeof(int)..];
            rest = item.TraceHeader is { } header ? Frames.Write(rest, Encoding.UTF8.GetBytes(header)) : rest;
            rest = Frames.Write(rest, item.Json.Span);
        }

        return body;
    }

    public static (List<PublishedEvent> Events, IReadOnlyList<string> Rules) Unpack(ReadOnlyMemory<byte> body)
    {
        var position = 0;
        var rules = Frames.Read(body, ref position);
        var events = new List<PublishedEvent>();
        while (position < body.Length)
        {
            var detailStart = BinaryPrimitives.ReadInt32LittleEndian(body.Span[position..]);
            position += sizeof(int);
            var header = detailStart < 0 ? Encoding.UTF8.GetString(Frames.Read(body, ref position).Span) : null;
            events.Add(new PublishedEvent(Frames.Read(body, ref position), Math.Abs(detailStart), header));
        }

        return (events, rules.IsEmpty ? [] : Encoding.UTF8.GetString(rules.Span).Split('\n'));
    }

    public static string Join(IEnumerable<string> rules) => string.Join('\n', rules);
}
