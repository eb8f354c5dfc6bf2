using Amazon.Lambda;
using Amazon.Lambda.Model;
using Amazon.Runtime;
using DataToEvents.Recovery;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>Applies the whole configuration on moto, plans it again, reads its state and destroys it, once for all tests.</summary>
public sealed class AppliedStack : IAsyncLifetime
{
    // With these it has every role and every policy but those of a consumer without a queue. tests/Deployed plays a deployment without a key and a queue.
    private const string Settings = """
        destroy_data = true
        encryption   = { key = "customer" }
        bus          = { audit = true }
        consumer     = { queue = {} }
        functions    = { tracing = true }
        ingest_api   = { create = true, access_log = "with_role" }
        lake = {
          query                    = true
          glacier_after_days       = 90
          expire_after_days        = 365
          expire_places_after_days = { payloads = 400, errors = 90 }
          replication              = { bucket_arn = "arn:aws:s3:::copies", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/copies" }
        }

        """;

    internal Outcome SecondPlan { get; private set; } = null!;

    /// <summary>What the operator said while it paused each hop, and let it go on.</summary>
    internal IReadOnlyList<(int ExitCode, string Text)> Pauses { get; private set; } = [];

    /// <summary>A plan while all hops are paused.</summary>
    internal Outcome PlanWhilePaused { get; private set; } = null!;

    internal Outcome PlanAfterwards { get; private set; } = null!;

    /// <summary>What the operator said when it made held versions live, and when it went back.</summary>
    internal IReadOnlyList<(int ExitCode, string Text)> Releases { get; private set; } = [];

    /// <summary>Plans with release.hold: when new versions are published only, when they are live, when the operator went back.</summary>
    internal IReadOnlyList<Outcome> PlansWhileHeld { get; private set; } = [];

    /// <summary>A plan while a new version gets a part of the invocations.</summary>
    internal Outcome PlanWithCanary { get; private set; } = null!;

    /// <summary>What Terraform says is to be done when new versions are published only.</summary>
    internal string? CommandWhileHeld { get; private set; }

    /// <summary>A plan without release.hold after the operator went back.</summary>
    internal Outcome PlanAfterBack { get; private set; } = null!;

    internal IReadOnlyList<string> Content { get; private set; } = [];

    internal IReadOnlyList<string> Leftovers { get; private set; } = [];

    internal AppliedState State { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (AppliedFactAttribute.Missing is not null)
        {
            return;
        }

        using var moto = await MotoServer.StartAsync();
        using var workspace = await moto.WorkspaceAsync();
        await File.WriteAllTextAsync(Path.Combine(workspace.Configuration, "test.auto.tfvars"), Settings);

        // The provider waits half a minute for a queue and a minute for a bucket's lifecycle, so all of them are made in parallel.
        await workspace.MustRunAsync("apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        SecondPlan = await workspace.RunAsync("plan", "-detailed-exitcode", "-input=false", "-no-color");
        State = new AppliedState(JsonDocument.Parse((await workspace.MustRunAsync("show", "-json")).Output).RootElement);
        var pauses = await OperateAsync(moto, "pause");
        PlanWhilePaused = await workspace.RunAsync("plan", "-detailed-exitcode", "-input=false", "-no-color");
        Pauses = [.. pauses, .. await OperateAsync(moto, "resume")];
        PlanAfterwards = await workspace.RunAsync("plan", "-detailed-exitcode", "-input=false", "-no-color");
        await ReleaseAsync(moto, workspace);
        Content = await moto.ContentAsync();
        await workspace.MustRunAsync("destroy", "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        Leftovers = await moto.ContentAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Publishes versions with another setting without making them live, makes them live by the operator, and goes back.</summary>
    private async Task ReleaseAsync(MotoServer moto, Workspace workspace)
    {
        string[] plan = ["plan", "-detailed-exitcode", "-input=false", "-no-color"];
        await File.WriteAllTextAsync(Path.Combine(workspace.Configuration, "test.auto.tfvars"), Settings.Replace("tracing = true", "tracing = true, log_level = \"DEBUG\"", StringComparison.Ordinal) + "release = { hold = true }\n");
        await workspace.MustRunAsync("apply", "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        var published = await workspace.RunAsync(plan);
        CommandWhileHeld = (await workspace.MustRunAsync("output", "-raw", "-no-color", "release_command")).Output;
        await ShareAsync(moto, new() { ["2"] = 0.1 });
        PlanWithCanary = await workspace.RunAsync(plan);
        await ShareAsync(moto, []);
        var start = await OperatorAsync(moto, "release", "start", "--duration", "0s", "--yes");
        var live = await workspace.RunAsync(plan);
        var back = await OperatorAsync(moto, "release", "back", "--yes");
        PlansWhileHeld = [published, live, await workspace.RunAsync(plan)];
        PlanAfterBack = await workspace.RunAsync([.. plan, "-var", "release={ hold = false }"]);
        Releases = [start, back];
    }

    /// <summary>Gives versions of the Transformer a part of its invocations, as `operator release start` does.</summary>
    private static async Task ShareAsync(MotoServer moto, Dictionary<string, double> weights)
    {
        using var lambda = new AmazonLambdaClient(new BasicAWSCredentials("test", "test"), new AmazonLambdaConfig { ServiceURL = moto.Url, AuthenticationRegion = "eu-north-1" });
        await lambda.UpdateAliasAsync(new UpdateAliasRequest { FunctionName = "data-events-transformer", Name = "live", RoutingConfig = new AliasRoutingConfiguration { AdditionalVersionWeights = weights } });
    }

    private static async Task<(int ExitCode, string Text)> OperatorAsync(MotoServer moto, params string[] arguments)
    {
        using var output = new StringWriter();
        return (await OperatorCommands.RunAsync([.. arguments, "--endpoint-url", moto.Url, "--region", "eu-north-1"], output), output.ToString());
    }

    private static async Task<List<(int, string)>> OperateAsync(MotoServer moto, string command)
    {
        var outcomes = new List<(int, string)>();
        foreach (var hop in new[] { "storer", "emitter", "consumer", "api" })
        {
            outcomes.Add(await OperatorAsync(moto, command, hop, "--yes", "--consumer-function", "data-events-event-responder", "--api-function", "data-events-event-responder-api"));
        }

        return outcomes;
    }
}

/// <summary>A fact that is skipped, with what to install, where Terraform or moto is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AppliedFactAttribute : FactAttribute
{
    public static string? Missing => TerraformInstallation.Missing ?? MotoServer.Missing;

    public override string? Skip => base.Skip ?? Missing;
}

/// <summary>A theory of <c>make e2e</c>, which sets E2E: each case takes a minute or more of two cores.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EndToEndTheoryAttribute : TheoryAttribute
{
    public override string? Skip => base.Skip ?? AppliedFactAttribute.Missing ?? (System.Environment.GetEnvironmentVariable("E2E") is null ? "make e2e runs it (it sets E2E=1)." : null);
}
