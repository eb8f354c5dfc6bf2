using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>Orders of about 1 KB over 500 streams, and the events that the services pass to functions for them.</summary>
internal static class BenchmarkRecords
{
    private const int Streams = 500;
    private const int Size = 1_024;

    private static readonly DateTimeOffset Arrival = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly JsonWriterOptions AsAwsDoes = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static EventCatalog Catalog { get; } = EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json")));

    public static byte[][] Orders(int count) => [.. Enumerable.Range(0, count).Select(Order)];

    public static DataEvent[] Events(int count)
    {
        var reader = new RecordReader(Catalog);
        return [.. Orders(count).SelectMany((order, number) => reader.Read(order, Arrival, Trace(number))).Select(read => read.Inline())];
    }

    /// <summary>A recorded trace for each: as dear as it can get for who is listened to.</summary>
    private static string Trace(int number) => $"00-0af7651916cd43dd8448eb21{number:x8}-b7ad6b7169203331-01";

    public static byte[] FirehoseEvent(int count) => Json(json =>
    {
        json.WriteString("invocationId", "1");
        json.WriteString("deliveryStreamArn", "arn:aws:firehose:us-east-1:000000000000:deliverystream/data-events-stream");
        json.WriteString("region", "us-east-1");
        json.WriteStartArray("records");
        for (var i = 0; i < count; i++)
        {
            json.WriteStartObject();
            json.WriteString("recordId", i.ToString("D24", null));
            json.WriteNumber("approximateArrivalTimestamp", Arrival.ToUnixTimeMilliseconds());
            json.WriteBase64String("data", Order(i));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public static byte[] QueueEvent(int count) => Batch(count, (json, item, index) =>
    {
        json.WriteString("messageId", new Guid(index, 0, 0, new byte[8]));
        json.WriteString("body", item.Envelope.Span);
        json.WriteStartObject("attributes");
        json.WriteString("SequenceNumber", index.ToString("D20", null));
        json.WriteString("MessageGroupId", item.Stream.Value);
        json.WriteEndObject();
    });

    public static byte[] StreamEvent(int count) => Batch(count, (json, item, index) =>
    {
        json.WriteString("eventName", "INSERT");
        json.WriteString("eventSourceARN", "arn:aws:dynamodb:us-east-1:000000000000:table/data-events/stream/2026-01-01T00:00:00.000");
        json.WriteStartObject("dynamodb");
        json.WriteString("SequenceNumber", index.ToString("D20", null));
        json.WriteStartObject("Keys");
        Attribute(json, "pk", item.Stream.Value);
        Attribute(json, "sk", item.Key);
        json.WriteEndObject();
        json.WriteStartObject("NewImage");
        Attribute(json, "pk", item.Stream.Value);
        Attribute(json, "sk", item.Key);
        Attribute(json, "seq", index.ToString("D20", null));
        Attribute(json, "envelope", Encoding.UTF8.GetString(item.Envelope.Span));
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static byte[] Order(int number) => Json(json =>
    {
        json.WriteString("orderId", $"{number % Streams}");
        json.WriteNumber("number", number);
        json.WriteStartArray("lines");
        while (json.BytesCommitted + json.BytesPending < Size - 100)
        {
            json.WriteStartObject();
            json.WriteString("sku", $"SKU-{json.BytesPending * 31 % 90_000}");
            json.WriteString("name", "Ångström espresso lamp");
            json.WriteNumber("price", 19.9m);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static byte[] Batch(int count, Action<Utf8JsonWriter, DataEvent, int> record) => Json(json =>
    {
        json.WriteStartArray("Records");
        foreach (var (index, item) in Events(count).Index())
        {
            json.WriteStartObject();
            record(json, item, index);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void Attribute(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("S", value);
        json.WriteEndObject();
    }

    private static byte[] Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, AsAwsDoes))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
