namespace DataToEvents.EndToEnd.Tests;

/// <summary>Records that fail by a catalog: the operator says why, and brings back what a mended catalog takes.</summary>
public sealed class FailedReasonPathTests : IDisposable
{
    private const string Misfit = "it does not fit the schema urn:schema:order.schema.json: /required";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task The_operator_says_why_records_failed_and_brings_back_what_passes_now(string mode)
    {
        var catalog = _folder.Write("my.catalog.json",
            """{"source":"urn:t","events":[{"type":"order","match":{"pointer":"/order"},"stream":"/order","id":"/id","schema":"order.schema.json"},{"type":"log","match":{"pointer":"/log"},"stream":"/log"}]}""");
        _folder.Write("order.schema.json", """{"required":["total","currency"]}""");
        using (var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>(), "--catalog", catalog))
        {
            await host.PutAsync(["""{"order":1,"id":"a","total":1}""", """{"order":1,"id":"b"}""", """{"log":1}"""]);
            await host.AwaitDeliveredAsync(1);
            await host.EndAsync();
        }

        // Nobody names a catalog: it is the one that the host used.
        Rows(await OperatorAsync("failed", "list", "--group-by", "reason", "--json"), "reasons", "records", "now", "reason").Should().Equal($"2 fails {Misfit}");

        _folder.Write("order.schema.json", """{"required":["total"]}""");
        using (var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>(), "--catalog", catalog))
        {
            var list = await OperatorAsync("failed", "list", "--json");
            var reingest = await OperatorAsync("failed", "reingest", "--yes", "--json");
            await host.AwaitDeliveredAsync(2);
            await host.EndAsync();

            Rows(list, "objects", "records", "passNow").Should().Equal("2 1");
            Rows(reingest, "stay", "reason").Should().Equal(Misfit);
            reingest.GetProperty("reingested").GetInt64().Should().Be(1);
        }

        Cases.Lake(_folder).Select(item => item.Of("type") + " " + item.Of("subject")).Should().BeEquivalentTo("log 1", "order 1");
        Rows(await OperatorAsync("failed", "list", "--json"), "objects", "records", "passNow").Should().Equal("1 0");
    }

    private async Task<JsonElement> OperatorAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, [.. arguments, "--data", _folder.Data]);
        exitCode.Should().BeLessThan(2, "the operator said: {0}", errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private static List<string> Rows(JsonElement answer, string listing, params string[] members) =>
        [.. answer.GetProperty(listing).EnumerateArray().Select(row => string.Join(' ', members.Select(member => row.GetProperty(member).ToString())))];
}
