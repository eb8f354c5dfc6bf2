using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>terraform/examples/existing-resources, applied on moto beside what is there already, and destroyed again.</summary>
public sealed class ExistingResources : IAsyncLifetime
{
    internal Outcome SecondPlan { get; private set; } = null!;

    internal IReadOnlyList<string> Before { get; private set; } = [];

    internal IReadOnlyList<string> Applied { get; private set; } = [];

    internal IReadOnlyList<string> Afterwards { get; private set; } = [];

    public async Task InitializeAsync()
    {
        if (AppliedFactAttribute.Missing is not null)
        {
            return;
        }

        using var moto = await MotoServer.StartAsync();
        var root = Path.Combine("examples", "existing-resources");
        using var workspace = await moto.WorkspaceAsync(root);
        await moto.MakeExistingResourcesAsync();
        Before = await moto.ContentAsync();

        var example = Path.Combine(workspace.Configuration, root);
        File.Copy(Path.Combine(workspace.Configuration, "run"), Path.Combine(example, "run"));
        Directory.CreateSymbolicLink(Path.Combine(workspace.Configuration, "examples", "artifacts"), Path.Combine(workspace.Folder, "artifacts"));
        MotoServer.LayProviderBeside(example);
        // Tables are protected unless the data may be destroyed.
        await File.WriteAllTextAsync(Path.Combine(example, "destroy_override.tf"), "module \"data_to_events\" {\n  destroy_data = true\n}\n");
        await MustAsync(workspace, example, "apply");
        SecondPlan = await workspace.RunInAsync(example, "plan", "-detailed-exitcode", "-input=false", "-no-color");
        Applied = await moto.ContentAsync();
        await MustAsync(workspace, example, "destroy");
        Afterwards = await moto.ContentAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static async Task MustAsync(Workspace workspace, string folder, string command)
    {
        var outcome = await workspace.RunInAsync(folder, command, "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        outcome.ExitCode.Should().Be(0, outcome.Text);
    }
}

public sealed class ExistingResourcesTests(ExistingResources stack) : IClassFixture<ExistingResources>
{
    [AppliedFact]
    public void A_second_plan_shows_no_change() => stack.SecondPlan.ExitCode.Should().Be(0, stack.SecondPlan.Text);

    [AppliedFact]
    public void What_is_there_already_is_not_made_again()
    {
        var made = stack.Applied.Except(stack.Before).ToList();

        made.Should().HaveCountGreaterThan(30, "the rest of the path is made");
        made.Select(line => line.Split(' ')[0]).Should().NotContain(["s3", "sns"]);
        made.Should().NotContain(line => line.StartsWith("logs /aws/lambda/", StringComparison.Ordinal));
        stack.Applied.Where(line => line.StartsWith("events ", StringComparison.Ordinal)).Should().Equal("events orders-archive", "events our-bus");
    }

    [AppliedFact]
    public void Destroy_leaves_what_was_there_before() => stack.Afterwards.Should().BeEquivalentTo(stack.Before).And.Contain("s3 our-lake");
}
