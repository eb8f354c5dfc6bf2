namespace DataToEvents.EndToEnd.Tests;

/// <summary>Runs generator, host and verify as a person does. Verify proves that all records arrived, and names each event that the test spoils afterwards.</summary>
public sealed partial class LedgerTests : IDisposable
{
    private static readonly string[] Troubles = ["lost", "doubled", "outOfOrder", "altered", "setAside"];

    private readonly DataFolder _folder = new();

    private string Ledger => _folder.PathOf("run.ledger");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Everything_sent_with_all_faults_is_accounted_for_hop_by_hop(string mode)
    {
        using var host = await RunningHost.StartAsync(_folder.Data, mode, more: "--audit");
        await SendAsync(
            host, "--count", "3000", "--streams", "60", "--skew", "zipf:1.1", "--duplicates", "3", "--poison", "2", "--non-ascii", "10", "--seed", "7", "--concurrency", "4");

        var verdict = await VerifyAsync(expected: 0, "--wait", "5m");

        Troubles.Sum(trouble => Count(verdict, trouble)).Should().Be(0);
        verdict.GetProperty("poison").EnumerateObject().Should().NotBeEmpty();
        verdict.GetProperty("latencyMs").EnumerateObject().Select(hop => hop.Name).Should().Equal(
            "sent → accepted", "accepted → stored", "stored → published", "published → delivered", "stored → delivered", "accepted → delivered");
    }

    [Fact]
    public async Task Ctrl_C_ends_a_run_with_its_summary_and_a_ledger_of_what_was_delivered()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);

        var (exitCode, output, errors) = await ToolProcess.InterruptAsync("send", "--endpoint-url", host.Url, "--ledger", Ledger, "--count", "1000000", "--rate", "500", "--seed", "4");

        exitCode.Should().Be(1, "not all is delivered: {0} {1}", output, errors);
        errors.TrimEnd().Should().StartWith("generator: ").And.EndWith("of 1,000,000 records were not delivered: the run was stopped").And.NotContain("\n");
        var delivered = long.Parse(Delivered().Match(output).Groups[1].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        var verdict = await VerifyAsync(expected: 0);
        verdict.GetProperty("records").GetInt64().Should().Be(delivered).And.BePositive();
        verdict.GetProperty("ledgerBreaksOff").GetBoolean().Should().BeFalse();
    }

    [Fact]
    public async Task Without_an_audit_queue_the_consumers_view_is_the_evidence_and_after_the_host_has_stopped_too()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);
        await SendAsync(host, "--count", "1000", "--poison", "3", "--seed", "9");
        await VerifyAsync(expected: 0);
        await host.StopAsync();

        var verdict = await VerifyAsync(expected: 0, "--wait", "0s");

        verdict.GetProperty("found").EnumerateObject().Select(hop => hop.Name).Should().Equal("lake", "store", "view");
        verdict.GetProperty("latencyMs").EnumerateObject().Select(hop => hop.Name).Should().Contain("stored → delivered").And.NotContain("stored → published");
    }

    [Fact]
    public async Task Events_queued_past_the_transformer_are_accounted_for_too()
    {
        using var host = await RunningHost.StartAsync(_folder.Data);
        await SendAsync(host, "--target", "sqs", "--count", "500", "--duplicates", "5", "--seed", "3", "--concurrency", "4");

        var verdict = await VerifyAsync(expected: 0);

        Troubles.Sum(trouble => Count(verdict, trouble)).Should().Be(0);
        verdict.GetProperty("found").EnumerateObject().Select(hop => (hop.Name, hop.Value.GetInt32())).Should().Equal(("store", Count(verdict, "effects")), ("view", Count(verdict, "effects")));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task What_is_spoilt_after_the_host_has_stopped_is_found_and_named_by_event_stream_and_place(string mode)
    {
        using (var host = await RunningHost.StartAsync(_folder.Data, mode))
        {
            await SendAsync(host, "--count", "400", "--streams", "4", "--families", "order", "--non-ascii", "100", "--seed", "5");
            await VerifyAsync(expected: 0);
            await host.StopAsync();
        }

        await VerifyAsync(expected: 0, "--wait", "0s");
        var spoilt = await Sabotage.DoAsync(_folder.Data);

        var verdict = await VerifyAsync(expected: 1, "--wait", "0s");

        Named(verdict, "lost").Should().HaveCount(3)
            .And.ContainSingle(what => what.Contains($"event {spoilt.LakeLine} of stream {spoilt.Stream}") && what.EndsWith("not in the lake"))
            .And.ContainSingle(what => what.Contains($"event {spoilt.Item} of stream {spoilt.Stream}") && what.EndsWith("not in the store"))
            .And.ContainSingle(what => what.Contains($"event {spoilt.Delivered} of stream {spoilt.Stream}") && what.EndsWith("not in the consumer's view"));
        Named(verdict, "doubled").Should().ContainSingle().Which.Should().Contain($"stream {spoilt.Stream}: the view counts");
        Named(verdict, "outOfOrder").Should()
            .Contain(what => what.Contains($"event {spoilt.SwappedLines.Later} of stream {spoilt.Stream}") && what.Contains($"event {spoilt.SwappedLines.Earlier}") && what.Contains(spoilt.LakeObject))
            .And.Contain(what => what.Contains($"event {spoilt.SwappedItems.Later} of stream {spoilt.Stream}") && what.Contains("in the store"))
            .And.OnlyContain(what => what.Contains($"of stream {spoilt.Stream} "));
        Named(verdict, "altered").Should().HaveCount(2)
            .And.ContainSingle(what => what.Contains($"event {spoilt.ChangedLine}") && what.Contains("payload") && what.Contains($"the lake: {spoilt.LakeObject}, line "))
            .And.ContainSingle(what => what.Contains($"event {spoilt.ChangedItem}") && what.Contains("payload") && what.EndsWith($"the store: item {spoilt.Stream} / {spoilt.ChangedItem}\turn:datatoevents/order"));
        Count(verdict, "setAside").Should().Be(0);
    }

    [Fact]
    public async Task The_same_seed_sends_the_same_bytes()
    {
        string[] options = ["preview", "--count", "2000", "--streams", "500", "--skew", "zipf:1.1", "--non-ascii", "10", "--size", "700", "--seed", "7"];

        var first = await ToolProcess.RunAsync(BuiltTools.Generator, options);
        var second = await ToolProcess.RunAsync(BuiltTools.Generator, options);

        (first.ExitCode, first.Output.Length > 1_000_000).Should().Be((0, true));
        second.Output.Should().Be(first.Output);
    }

    private async Task SendAsync(RunningHost host, params string[] options)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Generator, ["send", "--endpoint-url", host.Url, "--ledger", Ledger, "--json", .. options]);
        exitCode.Should().Be(0, "the generator said: {0} {1}", output, errors);
    }

    private async Task<JsonElement> VerifyAsync(int expected, params string[] options)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, ["verify", "--ledger", Ledger, "--data", _folder.Data, "--json", .. options]);
        exitCode.Should().Be(expected, "verify said: {0} {1}", output, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    private static IEnumerable<string> Named(JsonElement verdict, string trouble) => verdict.GetProperty(trouble + "Named").EnumerateArray().Select(what => what.GetString()!);

    private static int Count(JsonElement verdict, string name) => verdict.GetProperty(name).GetInt32();

    [GeneratedRegex(@"records\s+([0-9,]+) of 1,000,000\s")]
    private static partial Regex Delivered();
}
