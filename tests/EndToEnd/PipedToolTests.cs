namespace DataToEvents.EndToEnd.Tests;

/// <summary>The tools where their output goes to a file or a pipe, and mistakes that once went through.</summary>
public sealed class PipedToolTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tables_do_not_wrap_when_they_are_piped()
    {
        var narrow = await ToolProcess.RunAsync("env", "COLUMNS=40", BuiltTools.Operator, "cost", "--rate", "100", "--size", "1000");
        var wide = await ToolProcess.RunAsync("env", "COLUMNS=400", BuiltTools.Operator, "cost", "--rate", "100", "--size", "1000");

        narrow.ExitCode.Should().Be(0, "{0}", narrow.Errors);
        narrow.Output.Should().Be(wide.Output);
        narrow.Output.Split('\n').Should().Contain(line => line.TrimEnd().Length > 100);
    }

    [Fact]
    public async Task The_final_table_of_a_piped_run_has_a_line_for_each_number()
    {
        var (exitCode, output, errors) = await RunningHost.RunAsync("--input", _folder.Write("one.ndjson", TestOrders.Order(1)), "--data", _folder.Data, "--port", "0");

        exitCode.Should().Be(0, "{0}", errors);
        output.Split('\n').Should().Contain(line => line.Contains("accepted (records)", StringComparison.Ordinal) && line.Contains('1'))
            .And.Contain(line => line.Contains("lie there now (objects and messages)", StringComparison.Ordinal) && line.Contains('0'));
    }

    [Theory]
    [InlineData("eu-wset-1", "did you mean eu-west-1")]
    [InlineData("moon", "Allowed: such as us-east-1")]
    public async Task Cost_refuses_a_region_that_AWS_does_not_have(string region, string hint)
    {
        var (exitCode, output, errors) = await ToolProcess.RunAsync(BuiltTools.Operator, "cost", "--rate", "100", "--size", "1000", "--region", region);

        (exitCode, output).Should().Be((2, ""));
        errors.TrimEnd().Should().StartWith($"operator: --region '{region}' is not a region of AWS").And.Contain(hint).And.NotContain("\n");
    }

    [Fact]
    public async Task With_keep_open_the_host_stays_after_its_input_for_a_look_at_the_page()
    {
        using var host = RunningHost.Launch("--input", _folder.Write("one.ndjson", TestOrders.Order(1)), "--keep-open", "--data", _folder.Data, "--port", "0");
        var errors = host.StandardError.ReadToEndAsync();
        string line;
        do
        {
            line = await host.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The host ended: {await errors}");
        }
        while (!line.Contains("stays open until Ctrl-C", StringComparison.Ordinal));

        using var client = new HttpClient { BaseAddress = new Uri(Regex.Match(line, "http://[^ ]+").Value) };
        (await client.GetStringAsync("_page/")).Should().Contain("<h1>");
        JsonDocument.Parse(await client.GetStringAsync("api/")).RootElement.GetProperty("events").GetInt32().Should().Be(1);

        var output = host.StandardOutput.ReadToEndAsync();
        using (var end = Process.Start("kill", ["-TERM", $"{host.Id}"]))
        {
            await host.WaitForExitAsync();
        }

        host.ExitCode.Should().Be(0, "{0}{1}", await output, await errors);
    }

    [Fact]
    public async Task Keep_open_without_an_input_is_refused()
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--keep-open");

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().Contain("--keep-open goes with --input").And.NotContain("\n");
    }

    [Fact]
    public async Task A_rate_without_a_feed_is_refused()
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", _folder.Data, "--port", "0", "--no-feed", "--rate", "5");

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().Contain("--no-feed and --rate exclude each other").And.NotContain("\n");
    }
}
