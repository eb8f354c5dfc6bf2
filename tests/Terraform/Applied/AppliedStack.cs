using DataToEvents.Recovery;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>Applies the whole configuration on moto, plans it again, reads its state and destroys it, once for all tests.</summary>
public sealed class AppliedStack : IAsyncLifetime
{
    // It has a customer's key, because then it has every policy. tests/Deployed plays a deployment without one.
    private const string Settings = "destroy_data = true\nencryption = { key = \"customer\" }\nbus = { audit = true }\nlake = { query = true, glacier_after_days = 90, expire_after_days = 365, expire_places_after_days = { payloads = 400, errors = 90 } }\nfunctions = { tracing = true }\ningest_api = { create = true, access_log = \"with_role\" }\n";

    internal Outcome SecondPlan { get; private set; } = null!;

    /// <summary>What the operator said while it paused each hop, and let it go on.</summary>
    internal IReadOnlyList<(int ExitCode, string Text)> Pauses { get; private set; } = [];

    /// <summary>A plan while all hops are paused.</summary>
    internal Outcome PlanWhilePaused { get; private set; } = null!;

    internal Outcome PlanAfterwards { get; private set; } = null!;

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
        Content = await moto.ContentAsync();
        await workspace.MustRunAsync("destroy", "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        Leftovers = await moto.ContentAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task<List<(int, string)>> OperateAsync(MotoServer moto, string command)
    {
        var outcomes = new List<(int, string)>();
        foreach (var hop in new[] { "storer", "emitter", "consumer", "api" })
        {
            using var output = new StringWriter();
            var exitCode = await OperatorCommands.RunAsync(
                [command, hop, "--yes", "--endpoint-url", moto.Url, "--region", "eu-north-1", "--consumer-function", "data-events-event-responder", "--api-function", "data-events-event-responder-api"], output);
            outcomes.Add((exitCode, output.ToString()));
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
