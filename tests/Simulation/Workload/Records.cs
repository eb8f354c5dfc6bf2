using DataToEvents.Domain.Catalog;

namespace DataToEvents.Simulation.Workload;

/// <summary>Makes records of every kind that the path knows, each with a content of its own, and says what is to become of them.</summary>
internal sealed class Records(Random random)
{
    private const int Streams = 6;

    /// <summary>The catalog's words for what does not say its source or type itself.</summary>
    private const string Source = "urn:simulation";
    private const string Unclassified = "data.unclassified";

    /// <summary>Numbers and texts that do not survive being read and written again.</summary>
    /// <summary>EventBridge takes no such number.</summary>
    public const string WideInteger = "18446744073709551616";

    private static readonly string[] Delicate =
        ["1.0", "1e3", "-0", "12345678901234567890.10", WideInteger, "0.1000", "\"Jos\u00e9\"", "\"\\u00e9\\/\"", "null", "{\"b\":1,\"a\":{\"n\":null}}", "\"\U0001F600\"", "[1, 2 ,3]"];

    private int _serial;

    public static EventCatalog Catalog { get; } = EventCatalog.Parse("""
        {
          "source": "urn:simulation",
          "unclassified": { "type": "data.unclassified", "shards": 4 },
          "events": [
            { "type": "order", "match": [{ "pointer": "/orderId" }], "stream": "/orderId", "streamPrefix": "order-", "id": "/eventId" },
            { "type": "device", "match": [{ "pointer": "/device" }], "stream": "/device", "streamPrefix": "device-" },
            { "type": "noise", "match": [{ "pointer": "/noise" }], "drop": true }
          ]
        }
        """u8.ToArray());

    public SentRecord Next(int producer) => random.Next(20) switch
    {
        < 7 => One(CloudEvent(producer)),
        < 10 => One(Order(producer)),
        < 12 => One(Device(producer)),
        12 => One(Plain($"text \u00e9 {Serial()}\nof two lines")),
        13 => One(Binary()),
        14 => One(Plain($$"""{"unknown":{{Value()}},"serial":{{Serial()}}}""")),
        < 17 => Pack(producer),
        17 => One(CloudEvent(producer, padding: random.Next(1_500, 3_000))),
        18 => random.Next(3) == 0 ? One(Poison(producer)) : One(Order(producer)),
        _ => new SentRecord(Utf8($$"""{"noise":{{Serial()}}}"""), []),
    };

    /// <summary>Another payload, or the same one of another source or type, under the id of one that was sent; null when that has none.</summary>
    public SentRecord? Conflicting(SentRecord with) => with.Events is [{ Id: { } id, Stream: { } stream, IsPoison: false } sent]
        ? One(sent.Data is { } data && random.Next(2) == 0 ? OfAnotherKind(stream, id, data) : CloudEventOf(stream, id, 0))
        : null;

    private static SentRecord One((byte[] Bytes, Sent Event) record) => new(record.Bytes, [record.Event]);

    private SentRecord Pack(int producer)
    {
        var lines = Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(2) == 0 ? CloudEvent(producer) : Order(producer)).ToList();
        return new SentRecord([.. lines.SelectMany(line => line.Bytes.Append((byte)'\n'))], [.. lines.Select(line => line.Event)]);
    }

    private (byte[] Bytes, Sent Event) CloudEvent(int producer, int padding = 0) => CloudEventOf(Stream(producer), $"id-{Serial()}", padding);

    private (byte[] Bytes, Sent Event) CloudEventOf(string stream, string id, int padding)
    {
        var binary = random.Next(5) == 0;
        byte[] payload = binary ? Bytes(4 + padding) : Utf8($$"""{"serial":{{Serial()}},"v":{{Value()}},"padding":"{{new string('x', padding)}}"}""");
        var data = binary ? $"\"data_base64\":\"{Convert.ToBase64String(payload)}\"" : $"\"data\":{Encoding.UTF8.GetString(payload)}";
        return CloudEventOf(stream, id, "urn:test", "test", new CloudEventData(payload, data));
    }

    private (byte[] Bytes, Sent Event) OfAnotherKind(string stream, string id, CloudEventData data) => random.Next(2) == 0
        ? CloudEventOf(stream, id, $"urn:test-{Serial()}", "test", data)
        : CloudEventOf(stream, id, "urn:test", $"test-{Serial()}", data);

    private static (byte[] Bytes, Sent Event) CloudEventOf(string stream, string id, string source, string type, CloudEventData data)
    {
        var json = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{type}}","subject":"{{stream}}",{{Time(id)}}{{data.Member}}}""";
        return (Utf8(json), new Sent(Sent.ContentOf(source, type, data.Payload), stream, id, Data: data));
    }

    /// <summary>Clocks of producers may be years off. An event has the same time each time it is sent.</summary>
    private static string Time(string id) => id[^1] switch
    {
        '1' => "\"time\":\"1970-01-01T00:00:07Z\",",
        '2' => "\"time\":\"0001-01-01T00:00:00Z\",",
        '3' => "\"time\":\"2093-05-17T23:59:59.123456Z\",",
        _ => "",
    };

    private (byte[] Bytes, Sent Event) Poison(int producer)
    {
        var (stream, payload) = (Stream(producer), Utf8($$"""{"poison":{{Serial()}}}"""));
        var json = $$"""{"specversion":"1.0","id":"poison-{{_serial}}","source":"urn:test","type":"test","subject":"{{stream}}","much":"{{new string('y', 2_000)}}","data":{{Encoding.UTF8.GetString(payload)}}}""";
        return (Utf8(json), new Sent(Sent.ContentOf("urn:test", "test", payload), stream, $"poison-{_serial}", IsPoison: true));
    }

    private (byte[] Bytes, Sent Event) Order(int producer)
    {
        var (key, id) = ($"{producer}-{random.Next(Streams)}", $"event-{Serial()}");
        var bytes = Utf8($$"""{"orderId":"{{key}}","eventId":"{{id}}","v":{{Value()}}}""");
        return (bytes, new Sent(Sent.ContentOf(Source, "order", bytes), $"order-{key}", id));
    }

    private (byte[] Bytes, Sent Event) Device(int producer)
    {
        var key = $"{producer}-{random.Next(Streams)}";
        var bytes = Utf8($$"""{"device":"{{key}}","serial":{{Serial()}},"v":{{Value()}}}""");
        return (bytes, new Sent(Sent.ContentOf(Source, "device", bytes), $"device-{key}", null));
    }

    private static (byte[] Bytes, Sent Event) Plain(string text) => (Utf8(text), new Sent(Sent.ContentOf(Source, Unclassified, Utf8(text)), null, null));

    private (byte[] Bytes, Sent Event) Binary()
    {
        var bytes = Bytes(random.Next(1, 60));
        return (bytes, new Sent(Sent.ContentOf(Source, Unclassified, bytes), null, null));
    }

    /// <summary>Never UTF-8, and never the same.</summary>
    private byte[] Bytes(int length)
    {
        var bytes = new byte[length + 6];
        random.NextBytes(bytes);
        (bytes[0], bytes[1]) = (0xff, 0xfe);
        BitConverter.TryWriteBytes(bytes.AsSpan(2), ++_serial);
        return bytes;
    }

    private string Stream(int producer) => $"stream-{producer}-{random.Next(Streams)}";

    private string Value() => Delicate[random.Next(Delicate.Length)];

    private string Serial() => (++_serial).ToString(CultureInfo.InvariantCulture);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
