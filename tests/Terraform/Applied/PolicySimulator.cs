using DataToEvents.Terraform.Tests.Calls;
using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Applied;

/// <summary>Checks with a simulator of IAM what policies allow (tests/emulators/iam-simulate).</summary>
internal static class PolicySimulator
{
    private const string Allowed = "Allowed";

    /// <param name="questions">The calls to check, and the role of each.</param>
    /// <param name="policyOf">A resource's own policy where the service asks for one too, as KMS does; else null.</param>
    /// <returns>For each demand of each function whether it is allowed.</returns>
    public static async Task<IReadOnlyList<bool>> AllowsAsync(IReadOnlyList<(AppliedFunction Function, Demand Demand)> questions, Func<string, JsonElement?> policyOf)
    {
        var home = await HomeAsync();
        var input = JsonSerializer.Serialize(questions.Select(question => new
        {
            policies = question.Function.Policies,
            action = question.Demand.Action,
            resource = question.Demand.Resource,
            resourcePolicy = policyOf(question.Demand.Resource),
        }));
        var outcome = await Shell.RunAsync(home, "node", ["iam-simulate.mjs"], input: input);
        outcome.ExitCode.Should().Be(0, outcome.Errors);
        return [.. JsonSerializer.Deserialize<string[]>(outcome.Output)!.Select(verdict => verdict == Allowed)];
    }

    private static async Task<string> HomeAsync()
    {
        var outcome = await Shell.RunAsync(Repository.Root, "sh", [Repository.PathOf("tests", "emulators", "iam-simulate")]);
        outcome.ExitCode.Should().Be(0, outcome.Errors);
        return outcome.Output.Trim();
    }
}
