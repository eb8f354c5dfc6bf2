using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Modules;

[Collection(nameof(MockedRuns))]
public sealed class ConfigurationTests(MockedRuns runs)
{
    private const int MostVariables = 12;

    [TerraformFact]
    public async Task The_configuration_is_formatted()
    {
        var outcome = await Shell.RunAsync(Repository.Configuration, Repository.PathOf("terraform", "run"), ["fmt", "-check", "-recursive"]);

        outcome.ExitCode.Should().Be(0, $"make format formats C# only: run `terraform fmt -recursive terraform`. Not formatted: {outcome.Text}");
    }

    [TerraformFact]
    public void The_configuration_is_valid()
    {
        runs.Validation.ExitCode.Should().Be(0, runs.Validation.Text);
        runs.Validation.Output.Should().NotContain("Warning");
    }

    [Fact]
    public void A_module_takes_at_most_a_dozen_variables_and_describes_each_and_each_output()
    {
        foreach (var folder in Directory.EnumerateDirectories(Repository.PathOf("terraform", "modules")).Append(Repository.Configuration))
        {
            var variables = File.ReadAllLines(Path.Combine(folder, "variables.tf"));
            variables.Count(line => line.StartsWith("variable \"", StringComparison.Ordinal)).Should().BeLessThanOrEqualTo(MostVariables, folder);
            foreach (var (kind, lines) in new[] { ("variable", variables), ("output", File.ReadAllLines(Path.Combine(folder, "outputs.tf"))) })
            {
                var named = lines.Count(line => line.StartsWith($"{kind} \"", StringComparison.Ordinal));
                lines.Count(line => line.StartsWith("  description ", StringComparison.Ordinal)).Should().Be(named, $"each {kind} of {folder} is described");
            }
        }
    }
}
