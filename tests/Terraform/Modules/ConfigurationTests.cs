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
    public void The_configuration_hands_on_every_setting_of_its_module()
    {
        var settings = Names("variable", "modules", "data-to-events", "variables.tf");
        var handedOn = File.ReadAllText(Repository.PathOf("terraform", "main.tf"));

        Names("variable", "settings.tf").Should().Equal(settings);
        settings.Should().AllSatisfy(name => handedOn.Should().MatchRegex($@"(?m)^  {name} += var\.{name}$"));
        Names("output", "outputs.tf").Should().Equal(Names("output", "modules", "data-to-events", "outputs.tf"));
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

    private static List<string> Names(string kind, params string[] path) => [.. File.ReadAllLines(Repository.PathOf(["terraform", .. path]))
        .Where(line => line.StartsWith($"{kind} \"", StringComparison.Ordinal)).Select(line => line.Split('"')[1])];
}
