namespace DataToEvents.EndToEnd.Tests;

/// <summary>A catalog with a schema beside it, on the whole path.</summary>
public sealed class SchemaPathTests : IDisposable
{
    private static readonly string[] Kinds = ["fail", "mark", "drop"];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task An_event_that_does_not_fit_its_schema_fails_or_is_marked_or_dropped_and_its_neighbours_go_on(string mode)
    {
        _folder.Write("order.schema.json", """{"$id":"https://example.com/order-1.2.json","required":["total"]}""");
        var catalog = _folder.Write("catalog.json", $$"""{"source":"urn:test","events":[{{string.Join(',', Kinds.Select(Entry))}}]}""");
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>(), "--catalog", catalog);
        await host.PutAsync(Kinds.SelectMany(invalid => new[] { $$"""{"{{invalid}}":"secret"}""", $$"""{"{{invalid}}":"2","total":1.0}""" }));
        await host.AwaitDeliveredAsync(4);
        await host.EndAsync();

        var lake = RunningHost.LakeLines(_folder.Data).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        lake.Select(line => (line.GetProperty("type").GetString(), line.TryGetProperty("dteschemaerror", out var error) ? error.GetString() : null))
            .Should().BeEquivalentTo([("fail", null), ("mark", "/required"), ("mark", null), ("drop", null)]);
        lake.Select(line => line.GetProperty("dataschema").GetString()).Should().AllBe("https://example.com/order-1.2.json");
        host.Said.Should().ContainSingle(line => line.Contains("it does not fit the schema https://example.com/order-1.2.json: /required", StringComparison.Ordinal));
        Directory.EnumerateFiles(Path.Combine(_folder.Data, "lake", "errors"), "*", SearchOption.AllDirectories).Should().ContainSingle();
    }

    private static string Entry(string invalid) => $$"""{"type":"{{invalid}}","match":[{"pointer":"/{{invalid}}"}],"stream":"/{{invalid}}","schema":"order.schema.json","invalid":"{{invalid}}"}""";
}
