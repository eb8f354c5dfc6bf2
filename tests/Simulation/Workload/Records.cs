using System.IO.Compression;
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

    /// <summary>What may stand between the JSON documents of a record, and behind the last.</summary>
    private static readonly string[] Separators = ["\n", "\r\n", "", ", "];

    private int _serial;

    public static EventCatalog Catalog { get; } = EventCatalog.Parse("""
        {
          "source": "urn:simulation",
          "unclassified": { "type": "data.unclassified", "shards": 4 },
          "unpack": ["gzip"],
          "events": [
            { "type": "order", "match": [{ "pointer": "/orderId" }], "stream": "/orderId", "streamPrefix": "order-", "id": "/eventId", "volatile": ["/attempt"], "sequence": "/version" },
            { "type": "order", "match": [{ "pointer": "/orderId" }], "stream": "/orderId", "streamPrefix": "order-", "id": "/eventId", "volatile": ["/attempt"] },
            { "type": "device", "match": [{ "pointer": "/device" }], "stream": "/device", "streamPrefix": "device-" },
            { "type": "noise", "match": [{ "pointer": "/noise" }], "drop": true }
          ]
        }
        """u8.ToArray());

    public SentRecord Next(int producer) => random.Next(20) switch
    {
        < 6 => One(CloudEvent(producer)),
        6 => One(WithoutSubject()),
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

    /// <summary>The same event as a producer sends it again: often with another trace, which makes it longer, or with another number of the attempt.</summary>
    public SentRecord Again(SentRecord earlier)
    {
        if (earlier.Events is not [{ Id: not null, IsPoison: false }] || random.Next(3) == 0)
        {
            return earlier;
        }

        var text = Encoding.UTF8.GetString(earlier.Bytes);
        var again = text.LastIndexOf(Sent.Attempt, StringComparison.Ordinal) is > 0 and var at
            ? $"{text[..at]}{Sent.Attempt}{Serial()}}}"
            : $$"""{"traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-{{++_serial:x16}}-01","tracestate":"a={{new string('b', random.Next(200))}}",{{text[1..]}}""";
        return new SentRecord(Utf8(again), earlier.Events);
    }

    /// <summary>Another payload, or the same one of another type, under source and id of one that was sent; null when that has none.</summary>
    public SentRecord? Conflicting(SentRecord with) => with.Events is [{ Id: { } id, Stream: { } stream, IsPoison: false } sent]
        ? One(sent.Data is null ? OrderOf(stream["order-".Length..], id) : random.Next(2) == 0 ? OfAnotherType(stream, id, sent.Data) : CloudEventOf(stream, id, 0))
        : null;

    /// <summary>An event of its own, of the same id in the same stream, and often of the same payload; null when the one that was sent has no id.</summary>
    public SentRecord? OfAnotherSource(SentRecord than) => than.Events is [{ Id: { } id, Stream: { } stream, IsPoison: false } sent]
        ? One(sent.Data is { } data ? CloudEventOf(stream, id, $"urn:test-{Serial()}", "test", data) : CloudEventOf(stream, id, 0))
        : null;

    private static SentRecord One((byte[] Bytes, Sent Event) record) => new(record.Bytes, [record.Event]);

    private SentRecord Pack(int producer)
    {
        var documents = Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(2) == 0 ? CloudEvent(producer) : Order(producer)).ToList();
        var separator = Utf8(Separators[random.Next(Separators.Length)]);
        byte[] bytes = [.. documents.SelectMany(document => document.Bytes.Concat(separator))];
        return new SentRecord(random.Next(3) == 0 ? Gzip(bytes) : bytes, [.. documents.Select(document => document.Event)]);
    }

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }

    private (byte[] Bytes, Sent Event) CloudEvent(int producer, int padding = 0) => CloudEventOf(Stream(producer), $"id-{Serial()}", padding);

    private (byte[] Bytes, Sent Event) CloudEventOf(string stream, string id, int padding)
    {
        var binary = random.Next(5) == 0;
        byte[] payload = binary ? Bytes(4 + padding) : Utf8($$"""{"serial":{{Serial()}},"v":{{Value()}},"padding":"{{new string('x', padding)}}"}""");
        var data = binary ? $"\"data_base64\":\"{Convert.ToBase64String(payload)}\"" : $"\"data\":{Encoding.UTF8.GetString(payload)}";
        return CloudEventOf(stream, id, "urn:test", "test", new CloudEventData(payload, data));
    }

    private (byte[] Bytes, Sent Event) OfAnotherType(string stream, string id, CloudEventData data) => CloudEventOf(stream, id, "urn:test", $"test-{Serial()}", data);

    /// <summary>Some have an extension of a name that sounds like one of ours.</summary>
    private (byte[] Bytes, Sent Event) CloudEventOf(string stream, string id, string source, string type, CloudEventData data)
    {
        var extension = random.Next(4) == 0 ? "\"replay\":\"theirs\"," : "";
        var json = $$"""{"specversion":"1.0","id":"{{id}}","source":"{{source}}","type":"{{type}}","subject":"{{stream}}",{{extension}}{{Time(id)}}{{data.Member}}}""";
        return (Utf8(json), new Sent(Sent.ContentOf(source, type, data.Payload), stream, id, Data: data));
    }

    private (byte[] Bytes, Sent Event) WithoutSubject()
    {
        var (id, payload) = ($"id-{Serial()}", Utf8($$"""{"v":{{Value()}},"serial":{{Serial()}}}"""));
        var json = $$"""{"specversion":"1.0","id":"{{id}}","source":"urn:test","type":"test","data":{{Encoding.UTF8.GetString(payload)}}}""";
        return (Utf8(json), new Sent(Sent.ContentOf("urn:test", "test", payload), null, id));
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

    private (byte[] Bytes, Sent Event) Order(int producer) => OrderOf($"{producer}-{random.Next(Streams)}", $"event-{Serial()}");

    private (byte[] Bytes, Sent Event) OrderOf(string key, string id)
    {
        var serial = Serial();
        var (number, version) = Version();
        var bytes = Utf8($$"""{"orderId":"{{key}}","eventId":"{{id}}",{{version}}"serial":{{serial}},"v":{{Value()}}{{Sent.Attempt}}1}""");
        return (bytes, new Sent(Sent.ContentOf($"{Source}/order", "order", bytes), $"order-{key}", id, Number: number));
    }

    /// <summary>Most orders have a number of their producer. It does not grow with the order of sending, and two orders may have the same one.</summary>
    private (string? Number, string Member) Version()
    {
        var number = (_serial * 7_919 % 50).ToString(CultureInfo.InvariantCulture);
        return (_serial % 7) switch
        {
            0 => (null, ""),
            1 => ($"00{number}", $"\"version\":\"00{number}\","),
            _ => (number, $"\"version\":{number},"),
        };
    }

    private (byte[] Bytes, Sent Event) Device(int producer)
    {
        var key = $"{producer}-{random.Next(Streams)}";
        var bytes = Utf8($$"""{"device":"{{key}}","serial":{{Serial()}},"v":{{Value()}}}""");
        return (bytes, new Sent(Sent.ContentOf($"{Source}/device", "device", bytes), $"device-{key}", null));
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
