using DataToEvents.Simulation.Mutants;

namespace DataToEvents.Simulation.Tests;

/// <summary>Tests the simulator with deliberate bugs that it has to find.</summary>
public sealed class BugTests
{
    public static TheoryData<string> Names => [.. Bugs.All.Select(bug => bug.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_deliberate_bug_is_found_within_its_seeds(string name)
    {
        var bug = Bugs.All.Single(known => known.Name == name);

        bug.FirstFinding(bug.Within).Should().NotBeNull("{0} seeds must be enough to find: {1}", bug.Within, bug.What);
    }

    [Fact]
    public void The_table_in_the_documentation_is_the_one_that_is_tested()
    {
        var table = Bugs.All.Select(bug => $"| `{bug.Name}` | {bug.What} | {bug.Promise} | {bug.Within} |");

        Documentation.Lines().Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Should().Equal(table);
    }
}
