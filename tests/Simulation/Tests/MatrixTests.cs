using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Mutants;
using DataToEvents.Simulation.Runs;

namespace DataToEvents.Simulation.Tests;

/// <summary>The table of docs/reliability.md that says which fault finds which bug. Its numbers are measured; its names must be those of the code.</summary>
public sealed class MatrixTests
{
    private static readonly IReadOnlyList<string[]> Rows =
    [
        .. Documentation.Lines().SkipWhile(line => line != FaultMatrix.Begin).TakeWhile(line => line != FaultMatrix.End).Skip(3)
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries)),
    ];

    [Fact]
    public void Each_kind_of_fault_has_a_row_and_each_row_names_one() =>
        Rows.Select(row => row[0]).Distinct().Should().Equal(["no fault", .. Enum.GetNames<Fault>()]);

    [Fact]
    public void Each_row_names_a_hop() =>
        Rows.Select(row => row[1]).Where(hop => hop is not ("" or "-")).Should().OnlyContain(hop => Enum.GetNames<Hop>().Contains(hop));

    [Fact]
    public void Each_bug_that_it_names_stands_under_the_promise_that_it_breaks()
    {
        var promises = Bugs.All.Select(bug => bug.Promise).Distinct().Order().ToList();
        var named = Rows.SelectMany(row => row.Skip(2).SelectMany((cell, column) => Regex.Matches(cell, @"[A-Za-z]+").Select(name => (name.Value, promises[column])))).Distinct();

        named.Should().BeSubsetOf(Bugs.All.Select(bug => (bug.Name, bug.Promise)));
    }

    [Fact]
    public void A_bug_that_it_names_is_found_by_its_fault_alone_and_not_without_it()
    {
        var row = Rows.First(row => row[1].Length > 1);
        var (fault, hop) = (Enum.Parse<Fault>(row[0]), Enum.Parse<Hop>(row[1]));
        var bug = Bugs.All.Single(bug => bug.Name == row.Skip(2).First(cell => cell.Length > 0).Split(' ')[0]);

        var without = ShrinkTo.Nothing with { Mix = FaultMix.None };
        Enumerable.Range(1, 8).Count(seed => Run.Of(seed, bug.New(), without).Violations.Count > 0).Should().Be(0);
        Enumerable.Range(1, 60).Any(seed => Run.Of(seed, bug.New(), ShrinkTo.Only(fault, hop)).Violations.Count > 0).Should().BeTrue();
    }
}
