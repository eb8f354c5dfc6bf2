using DataToEvents.Simulation.States;

namespace DataToEvents.Simulation.Tests;

public sealed class StateTests
{
    [Fact]
    public void Every_state_is_to_be_reached() => StatesToReach.All.Select(state => state.State).Should().Equal(Enum.GetValues<State>());

    [Fact]
    public void The_table_in_the_documentation_is_the_one_that_is_required()
    {
        var table = StatesToReach.All.Select(state => $"| {state.State} | {state.What} | {state.Within:N0} |");

        Documentation.Lines().SkipWhile(line => !line.StartsWith("| State ", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).Should().Equal(table);
    }

    [Fact]
    public void A_state_that_none_of_enough_seeds_reached_is_missing()
    {
        var counts = new int[StatesToReach.All.Count];
        Array.Fill(counts, 1);
        counts[(int)State.DownForMinutes] = 0;

        StatesToReach.Missing(counts, StatesToReach.Rarely).Should().ContainSingle().Which.Should().StartWith(nameof(State.DownForMinutes));
        StatesToReach.Missing(counts, 10).Should().BeEmpty("ten seeds need not reach it");
    }
}
