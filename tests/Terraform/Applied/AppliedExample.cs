using DataToEvents.Terraform.Tests.Examples;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>An example of terraform/examples, applied on moto and destroyed again, and what the account held meanwhile.</summary>
internal sealed partial record AppliedExample(Outcome SecondPlan, IReadOnlyList<string> Before, IReadOnlyList<string> Applied, IReadOnlyList<string> Afterwards)
{
    public static async Task<AppliedExample> OfAsync(string name)
    {
        using var moto = await MotoServer.StartAsync();
        var root = Path.Combine("examples", name);
        var configuration = await File.ReadAllTextAsync(Repository.PathOf("terraform", "examples", name, "main.tf"));
        using var workspace = await moto.WorkspaceAsync(root, sharesProvider: !Alias().IsMatch(configuration));
        if (name == "existing-resources")
        {
            await moto.MakeExistingResourcesAsync();
        }

        var before = await moto.ContentAsync();
        var example = Path.Combine(workspace.Configuration, root);
        File.Copy(Path.Combine(workspace.Configuration, "run"), Path.Combine(example, "run"));
        Directory.CreateSymbolicLink(Path.Combine(workspace.Configuration, "examples", "artifacts"), Path.Combine(workspace.Folder, "artifacts"));
        await PrepareAsync(example, configuration);
        await MustAsync(workspace, example, "apply");
        var secondPlan = await workspace.RunInAsync(example, "plan", "-detailed-exitcode", "-input=false", "-no-color");
        var applied = await moto.ContentAsync();
        await MustAsync(workspace, example, "destroy");
        return new AppliedExample(secondPlan, before, applied, await moto.ContentAsync());
    }

    /// <summary>Gives each of the example's providers the settings that moto needs, and lets its data be destroyed: tables are protected otherwise.</summary>
    private static async Task PrepareAsync(string example, string configuration)
    {
        MotoServer.LayProviderBeside(example);
        var settings = await File.ReadAllTextAsync(Path.Combine(example, "provider_override.tf"));
        var others = Alias().Matches(configuration).Select(alias => settings.Replace("provider \"aws\" {", $"provider \"aws\" {{\n{alias.Value}", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(example, "provider_override.tf"), string.Join('\n', others.Prepend(settings)));
        await File.WriteAllTextAsync(Path.Combine(example, "destroy_override.tf"), string.Concat(Module().Matches(configuration).Select(module => $"{module.Value}\n  destroy_data = true\n}}\n")));
    }

    private static async Task MustAsync(Workspace workspace, string folder, string command)
    {
        var outcome = await workspace.RunInAsync(folder, command, "-auto-approve", "-input=false", "-no-color", "-parallelism=40");
        outcome.ExitCode.Should().Be(0, outcome.Text);
    }

    [GeneratedRegex("^  alias += .*$", RegexOptions.Multiline)]
    private static partial Regex Alias();

    [GeneratedRegex("^module \"[^\"]+\" \\{$", RegexOptions.Multiline)]
    private static partial Regex Module();
}

public sealed class AppliedExampleTests
{
    /// <summary>That with resources which are there already has tests of its own.</summary>
    public static TheoryData<string> Examples() => new(ExampleRun.All.Where(example => example != "existing-resources"));

    [EndToEndTheory]
    [MemberData(nameof(Examples))]
    public async Task An_example_is_applied_a_second_plan_shows_no_change_and_destroy_leaves_nothing(string name)
    {
        var example = await AppliedExample.OfAsync(name);

        example.SecondPlan.ExitCode.Should().Be(0, example.SecondPlan.Text);
        example.Applied.Should().HaveCountGreaterThan(50);
        example.Afterwards.Should().BeEmpty();
    }
}
