using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Examples;

[Collection(nameof(ExampleRuns))]
public sealed class ExampleTests(ExampleRuns runs)
{
    public static TheoryData<string> Examples() => new(ExampleRun.All);

    [TerraformTheory]
    [MemberData(nameof(Examples))]
    public void An_example_can_be_applied(string example) => runs[example].Runs.MustPass(ExampleRun.File, ExampleRun.Run);

    [TerraformFact]
    public void Environments_share_no_name_of_a_resource_within_a_region()
    {
        var roles = Names("aws_iam_role", "name").Where(role => !role.Address.StartsWith("module.ireland.", StringComparison.Ordinal)).Select(role => role.Name).ToList();
        var functions = Names("aws_lambda_function", "function_name").Where(function => !function.Address.StartsWith("module.ireland.", StringComparison.Ordinal)).Select(function => function.Name).ToList();

        roles.Should().HaveCount(12).And.OnlyHaveUniqueItems();
        functions.Should().HaveCount(10).And.OnlyHaveUniqueItems();
    }

    /// <summary>They are most of what a deployment costs at rest.</summary>
    [TerraformTheory]
    [MemberData(nameof(Examples))]
    public void The_readme_counts_the_alarms_of_each_example(string example)
    {
        var profile = File.ReadAllLines(Repository.PathOf("terraform", "README.md")).Single(line => line.StartsWith($"| [{example}](examples/{example}) |", StringComparison.Ordinal));
        var counted = int.Parse(profile.Split('|')[2], CultureInfo.InvariantCulture);

        counted.Should().Be(runs[example].Resources.Count(resource => resource.Type == "aws_cloudwatch_metric_alarm"));
    }

    [Fact]
    public void The_readme_names_every_example()
    {
        var readme = File.ReadAllText(Repository.PathOf("terraform", "README.md"));

        ExampleRun.All.Should().HaveCountGreaterThanOrEqualTo(3).And.AllSatisfy(example => readme.Should().Contain($"(examples/{example})"));
    }

    private IEnumerable<(string Address, string Name)> Names(string type, string attribute) => runs["two-environments"].Resources
        .Where(resource => resource.Type == type).Select(resource => (resource.Address, resource.Values.GetProperty(attribute).GetString()!));
}
