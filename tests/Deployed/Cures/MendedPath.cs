using DataToEvents.Deployed.Tests.Engine;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Deployed.Tests.Promises;
using DataToEvents.Deployed.Tests.Wiring;

namespace DataToEvents.Deployed.Tests.Cures;

/// <summary>A deployment and the tools against it. The tools are processes that know AWS's names and one address, as on AWS.</summary>
internal sealed class MendedPath(DeployedEngine engine, Places places, string ledger, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string?> Administrator = new()
    {
        ["AWS_ACCESS_KEY_ID"] = CallerPolicy.DriverKey,
        ["AWS_SECRET_ACCESS_KEY"] = "no-secret",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = Terraform.Home,
    };

    /// <summary>All records that were accepted so far.</summary>
    public string[] AllTime => ["--from", Text(clock.GetUtcNow().AddDays(-1)), "--to", Text(clock.GetUtcNow().AddHours(1))];

    /// <summary>Takes the events out of the audit queue.</summary>
    public async Task<List<JsonElement>> PublishedAsync()
    {
        using var observed = new Observed(engine.Url, Terraform.Home, places);
        return (await observed.DrainAsync(Places.Audit)).ConvertAll(body => JsonDocument.Parse(body).RootElement);
    }

    public Task<ToolRun> SendAsync(IReadOnlyList<string> options) =>
        RunAsync(BuiltTools.Generator, ["send", "--ledger", ledger, "--endpoint-url", engine.Url, .. options]);

    public Task<ToolRun> OperatorAsync(params string[] arguments) =>
        RunAsync(BuiltTools.Operator, [.. arguments, "--endpoint-url", engine.Url, "--bucket", places.Bucket]);

    /// <summary>Runs a command, and waits until its work and all that follows from it are done.</summary>
    public async Task<ToolRun> CureAsync(params string[] arguments)
    {
        var run = await OperatorAsync([.. arguments, "--yes"]);
        run.ExitCode.Should().Be(0, "{0}", run);
        (await engine.BecomesQuietAsync(Patience)).Should().BeEmpty();
        return run;
    }

    public async Task<JsonElement> ListAsync(string member, params string[] arguments)
    {
        var run = await OperatorAsync([.. arguments, "--json"]);
        run.ExitCode.Should().Be(0, "{0}", run);
        return run.Json.GetProperty(member);
    }

    /// <summary>Checks that the operator's status counts this many items in that place, and none in any other.</summary>
    public async Task ShouldCountAsync(string place, long count)
    {
        foreach (var row in (await ListAsync("setAside", "status")).EnumerateArray())
        {
            var name = row.GetProperty("place").GetString();
            row.GetProperty("count").GetInt64().Should().Be(name == place ? count : 0, "of {0}", name);
        }
    }

    /// <summary>Checks that each accepted event is in lake, store, audit queue and the consumer's view: with one effect, in order, byte for byte.</summary>
    public async Task ShouldVerifyAsync()
    {
        var run = await VerifyAsync();

        run.Json.GetProperty("clean").GetBoolean().Should().BeTrue("{0}", run);
        run.Json.GetProperty("events").GetInt64().Should().BePositive();
        run.Json.GetProperty("found").EnumerateObject().Select(hop => hop.Name).Should().BeEquivalentTo("lake", "store", "bus", "view");
        run.ExitCode.Should().Be(0, "{0}", run);
    }

    /// <summary>Checks that verify names exactly this number of lost or set-aside events, each with these words, and nothing else.</summary>
    public async Task ShouldVerifyButAsync(string kind, int count, string words)
    {
        var run = await VerifyAsync();

        foreach (var trouble in new[] { "lost", "doubled", "outOfOrder", "altered", "setAside" })
        {
            run.Json.GetProperty(trouble).GetInt64().Should().Be(trouble == kind ? count : 0, "{0} of {1}", trouble, run);
        }

        run.Json.GetProperty(kind + "Named").EnumerateArray().Should().OnlyContain(finding => finding.GetString()!.Contains(words));
        run.ExitCode.Should().Be(1, "{0}", run);
    }

    private Task<ToolRun> VerifyAsync() =>
        RunAsync(BuiltTools.Operator, ["verify", "--ledger", ledger, "--endpoint-url", engine.Url, "--bucket", places.Bucket, "--wait", "0s", "--json"]);

    private static string Text(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

    private async Task<ToolRun> RunAsync(string tool, IEnumerable<string> arguments)
    {
        var (exitCode, output, errors) = await Command.TryAsync(tool, arguments, environment: Administrator);
        return new ToolRun(exitCode, output, $"{errors}{string.Join('\n', engine.Told)}");
    }
}

/// <summary>The output and the exit code of a tool.</summary>
/// <param name="ExitCode">0 if it succeeded.</param>
/// <param name="Output">What it printed.</param>
/// <param name="Errors">Its errors, and the faults of the emulator until then.</param>
internal sealed record ToolRun(int ExitCode, string Output, string Errors)
{
    public JsonElement Json => Output.Length > 0 ? JsonDocument.Parse(Output).RootElement : throw new InvalidOperationException($"The tool printed nothing but: {Errors}");
}
