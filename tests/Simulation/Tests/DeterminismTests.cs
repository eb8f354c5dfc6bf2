using DataToEvents.Simulation.Mutants;
using DataToEvents.Simulation.Runs;

namespace DataToEvents.Simulation.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void A_run_is_a_pure_function_of_its_seed_on_whatever_thread()
    {
        var seeds = Enumerable.Range(1, 40).Select(seed => (long)seed).ToList();
        var here = seeds.ConvertAll(seed => Run.Of(seed));
        List<RunResult> elsewhere = [];
        var other = new Thread(() => elsewhere = seeds.AsEnumerable().Reverse().Select(seed => Run.Of(seed)).Reverse().ToList());
        other.Start();
        other.Join();

        elsewhere.Select(result => result.Hash).Should().Equal(here.Select(result => result.Hash));
        here.Select(result => result.Hash).Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public void A_trace_tells_each_hop_and_each_fault_in_virtual_time()
    {
        var trace = Enumerable.Range(1, 100).Select(TraceOf).First(trace => trace.Contains("*** HostRestarted", StringComparison.Ordinal));

        trace.Should().MatchRegex(@"(?m)^ +\d+\.\d{3}  Transformer +invocation 1$");
        trace.Should().Contain("EventStorer").And.Contain("Emitter").And.Contain("Responder").And.Contain("the faults are over");
    }

    [Fact]
    public void A_failing_run_shrinks_and_fails_alike()
    {
        static World.Mutant New() => new SwallowedException();
        var failing = Run.Of(11, New());

        var (only, smallest) = new Shrinker(failing, New).Shrink();

        smallest.PutNumbers.Count.Should().BeLessThanOrEqualTo(2);
        smallest.Faults.Should().BeLessThan(failing.Faults).And.BeLessThan(20);
        smallest.Violations[0].Should().StartWith("lost");
        Run.Of(failing.Seed, New(), only).Hash.Should().Be(smallest.Hash);
    }

    private static string TraceOf(int seed)
    {
        using var lines = new StringWriter();
        Run.Of(seed, lines: lines);
        return lines.ToString();
    }
}
