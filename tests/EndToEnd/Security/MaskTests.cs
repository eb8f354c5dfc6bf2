namespace DataToEvents.EndToEnd.Tests.Security;

/// <summary>A value that the catalog masks is in no place that the path writes, and in no log line.</summary>
public sealed class MaskTests : IDisposable
{
    private const string Secret = "confidential";

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task A_masked_value_is_in_no_place_behind_the_Transformer_and_in_no_line_of_a_log(string mode)
    {
        var catalog = _folder.Write("catalog.json", """
            {"source":"urn:test","events":[{"type":"order","match":[{"pointer":"/customer"}],"stream":"/customer","id":"/id",
              "mask":[{"pointer":"/customer","how":"token"},{"pointer":"/email","how":"remove"},{"pointer":"/card","how":"last4"},{"pointer":"/text","how":"hash"}]}]}
            """);
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string> { ["MASK_KEY"] = "a key of sixteen bytes" }, "--catalog", catalog);
        var big = new string('x', 300_000);
        await host.PutAsync(Enumerable.Range(0, 10).Select(number =>
            $$"""{"id":"{{number}}","customer":"{{Secret}}-{{number % 2}}","email":"{{Secret}}@example.com", "card":"{{Secret}}1234","text":"{{Secret}}","big":"{{(number == 9 ? big : "")}}"}"""));
        await host.AwaitDeliveredAsync(10);

        var view = await host.Client.GetStringAsync("api/events");
        var events = JsonDocument.Parse(view).RootElement.GetProperty("events").EnumerateArray().ToList();
        events.Select(item => item.GetProperty("subject").GetString()).Distinct().Should().HaveCount(2).And.AllSatisfy(stream => stream.Should().MatchRegex("^tok_[0-9A-Za-z_-]{22}$"));
        events.Where(item => item.TryGetProperty("data", out _)).Select(item => item.GetProperty("data").GetProperty("card").GetString()).Should().HaveCount(9).And.AllBe("****1234");
        await host.EndAsync();

        string.Join('\n', [view, .. RunningHost.LakeLines(_folder.Data), .. host.Said]).Should().NotContain(Secret);
        RunningHost.LakeLines(_folder.Data).Should().HaveCount(10);
        var payloads = Directory.EnumerateFiles(Path.Combine(_folder.Data, "payloads"), "*", SearchOption.AllDirectories).ToList();
        payloads.Should().NotBeEmpty().And.AllSatisfy(file => File.ReadAllText(file).Should().NotContain(Secret));
    }

    [Fact]
    public async Task Without_its_key_a_catalog_with_masks_does_not_start()
    {
        var catalog = _folder.Write("catalog.json", """{"source":"s","events":[{"type":"t","match":[{"pointer":"/o"}],"stream":"/o","mask":[{"pointer":"/o","how":"token"}]}]}""");

        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--catalog", catalog, "--no-feed", "--port", "0");

        exitCode.Should().Be(2);
        errors.Trim().Should().Contain("need a key in the environment variable MASK_KEY").And.NotContain("   at ");
    }
}
