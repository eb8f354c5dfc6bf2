using BenchmarkDotNet.Attributes;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;

namespace DataToEvents.Benchmarks.Micro;

/// <summary>
/// Measures what the features of a catalog cost a record that uses none of them: the shipped catalog beside one with the same entries behind others that have all features.
/// The conditions of those are tried for each record, and none holds.
/// </summary>
[MemoryDiagnoser]
public class CatalogBenchmarks
{
    public const int Count = 500;

    private const string Features = """
        {
          "source": "urn:bench", "unpack": ["gzip"],
          "events": [
            { "type": "noise", "match": { "pointer": "/noise" }, "drop": true },
            { "cloudEvents": true, "match": { "pointer": "/type", "prefix": "shop." }, "volatile": ["/attempt"], "conflict": "first" },
            { "type": "hook.{/hook/name}", "match": [{ "pointer": "/hook", "type": "object" }, { "any": [{ "pointer": "/hook/a" }, { "not": { "pointer": "/hook/b", "in": [1, 2] } }] }],
              "stream": ["{/hook/a}-{/hook/b}", "/hook/id"], "id": "/hook/id", "time": { "pointer": ["/hook/at", "/hook/created"], "unit": "s", "offset": "+01:00" } },
            { "type": "log", "match": { "pointer": "/messageType", "equals": "DATA_MESSAGE" }, "each": "/logEvents", "stream": "{parent:/logGroup}", "id": "/id", "sequence": "/n", "volatile": ["/n"] },
            { "type": "reading", "match": { "pointer": "/reading" }, "stream": "/meter", "sequence": "/reading/number" },
            { "type": "person", "match": { "pointer": "/person" }, "stream": "/person/id", "schema": "person.schema.json",
              "mask": [{ "pointer": "/person/name", "how": "hash" }, { "pointer": "/person/mail", "how": "remove" }] },
        """;

    private static readonly DateTimeOffset Arrival = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly byte[][] _orders = BenchmarkRecords.Orders(Count);
    private readonly EventCatalog _features = EventCatalog.Parse(
        System.Text.Encoding.UTF8.GetBytes(WithShippedEntries()), static () => MaskKey.Parse("a key for benchmarks"), static name => new AnySchema(name));

    [Benchmark(OperationsPerInvoke = Count, Baseline = true)]
    public int Shipped() => Read(BenchmarkRecords.Catalog);

    [Benchmark(OperationsPerInvoke = Count)]
    public int BehindEntriesWithFeatures() => Read(_features);

    private int Read(EventCatalog catalog)
    {
        var reader = new RecordReader(catalog);
        var bytes = 0;
        foreach (var order in _orders)
        {
            foreach (var read in reader.Read(order, Arrival))
            {
                bytes += read.Inline().Envelope.Length;
            }
        }

        return bytes;
    }

    private static string WithShippedEntries()
    {
        using var shipped = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json")));
        return $"{Features}{shipped.RootElement.GetProperty("events").GetRawText().TrimStart('[')}}}";
    }

    private sealed class AnySchema(string name) : IPayloadSchema
    {
        public string Uri => $"urn:schema:{name}";

        public string? MisfitOf(ReadOnlyMemory<byte> json) => null;
    }
}
