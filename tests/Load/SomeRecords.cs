using DataToEvents.Domain.Catalog;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Load.Tests;

/// <summary>Records of orders, and their expected events.</summary>
public static class SomeRecords
{
    public static readonly DateTimeOffset Arrival = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    /// <summary>The shipped catalog, and two types of CloudEvents of which copies may differ.</summary>
    public static EventCatalog Catalog { get; } = EventCatalog.Parse(Encoding.UTF8.GetBytes(WithCloudEvents(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "catalog.json")))));

    public static Expectations Expectations { get; } = new(Catalog);

    public static Outgoing Outgoing(string text, long index = 0) => Outgoing(Encoding.UTF8.GetBytes(text), index);

    public static Outgoing Outgoing(byte[] bytes, long index = 0) => new(new LoadRecord(index, bytes), Expectations.Of(bytes, Arrival));

    public static string Order(int stream, int number) => $$"""{"kind":"order","orderId":"{{stream}}","eventId":"e-{{stream}}-{{number}}","n":{{number}}.0,"who":"José"}""";

    private static string WithCloudEvents(string shipped)
    {
        var catalog = JsonNode.Parse(shipped)!;
        catalog["events"]!.AsArray().Add(JsonNode.Parse("""{ "cloudEvents": true, "match": { "pointer": "/type", "equals": "sold.volatile" }, "volatile": ["/n"] }"""));
        catalog["events"]!.AsArray().Add(JsonNode.Parse("""{ "cloudEvents": true, "match": { "pointer": "/type", "equals": "sold.first" }, "conflict": "first" }"""));
        return catalog.ToJsonString();
    }
}
