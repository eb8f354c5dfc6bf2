using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Runs;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Tests;

public sealed class SeedTests
{
    /// <summary>About 30 s of two cores when nothing else runs; <c>make sim</c> goes far beyond.</summary>
    private const int Seeds = 1_200;

    [Fact]
    public void The_promises_hold_under_every_kind_of_fault()
    {
        var counts = new int[Enum.GetValues<Fault>().Length];
        var campaign = new SeedCampaign(1, Seeds, static () => Mutant.None)
        {
            OnResult = result =>
            {
                for (var i = 0; i < counts.Length; i++)
                {
                    counts[i] += result.Counts[i];
                }
            },
        };

        campaign.Go(Environment.ProcessorCount);

        campaign.Failing.Values.Select(result => $"make sim SEED={result.Seed}: {result.Violations[0]}").Should().BeEmpty();
        counts.Should().OnlyContain(count => count > 0, "a fault that never happens is not tested");
        StatesToReach.Missing(campaign.StateCounts, campaign.Seeds).Should().BeEmpty("a state that no run is in is not tested");
        campaign.Events.Should().BeGreaterThan(20 * Seeds);
    }

    /// <summary>Runs of a mix have each fault at a low rate. Seed 13 found a queue that lost its order when the clock was set, which 20,000 mixed runs had not.</summary>
    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    public void The_promises_hold_when_one_kind_of_fault_happens_often(long seed) =>
        Enum.GetValues<Fault>().SelectMany(fault => Run.Of(seed, only: ShrinkTo.Only(fault)).Violations.Select(violation => $"{fault}: {violation}")).Should().BeEmpty();

    /// <summary>A seed's run changes with the code, so these bugs have their own tests. The seeds are kept because they cost little.</summary>
    [Theory]
    [InlineData(3, "Transformer: poison held back the later records of its stream, each time it was re-ingested in front of them")]
    [InlineData(14, "EventStorer: a message that is no event went to the dead-letter queue in front of others, and came back in front of them")]
    [InlineData(427, "Delivery stream: when the host stopped, the batch behind the one that was cut short was transformed before it")]
    [InlineData(910, "The same, with many streams")]
    public void A_seed_that_once_found_a_bug_finds_it_no_more(long seed, string bug) =>
        Run.Of(seed).Violations.Should().BeEmpty(bug);
}
