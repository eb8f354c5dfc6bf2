using DataToEvents.Domain.Catalog;

namespace DataToEvents.Domain.Tests;

/// <summary>Records, catalogs and events for tests that do not care which.</summary>
internal static class Sample
{
    public static readonly DateTimeOffset Arrival = new(2026, 11, 24, 10, 15, 30, 123, TimeSpan.Zero);

    public const string ArrivalText = "2026-11-24T10:15:30.123Z";

    public const string TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    public static readonly EventCatalog Catalog = EventCatalog.Parse(Utf8(
        """
        {
          "source": "urn:test",
          "unclassified": { "type": "data.unclassified", "shards": 4 },
          "events": [
            { "type": "order.placed", "match": [{ "pointer": "/orderId" }], "stream": "/orderId", "streamPrefix": "order-", "id": "/eventId", "time": "/at" },
            { "type": "heartbeat", "match": [{ "pointer": "/kind", "equals": "heartbeat" }], "drop": true }
          ]
        }
        """));

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    /// <summary>The events of a batch of one record.</summary>
    public static DataEvent[] Events(byte[] record, EventCatalog? catalog = null, string? traceParent = null) =>
        [.. new RecordReader(catalog ?? Catalog).Read(record, Arrival, traceParent).Where(read => !read.IsDropped).Select(read => read.Inline())];

    public static DataEvent Event(byte[] record) => Events(record).Should().ContainSingle().Subject;

    public static DataEvent Event(string record) => Event(Utf8(record));

    /// <summary>A CloudEvent with all attributes that our envelope needs, and <paramref name="members"/>.</summary>
    public static string CloudEvent(string members = "\"data\":{\"a\":1}", string id = "e-1") =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/shop","type":"shop.sold","subject":"cart-7","time":"2026-01-02T03:04:05Z"{{(members.Length == 0 ? "" : ",")}}{{members}}}""";
}
