using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Runs;

/// <summary>Makes a failing run smaller while it still fails in the same way: with fewer kinds of faults, calls of producers, and faults.</summary>
internal sealed class Shrinker
{
    private const int MaxTries = 600;

    private readonly RunResult _found;
    private readonly Func<Mutant> _mutant;
    private readonly string _kind;
    private ShrinkTo _smallest = ShrinkTo.Nothing;
    private RunResult _result;
    private int _tries;

    public Shrinker(RunResult found, Func<Mutant> mutant) => (_found, _mutant, _kind, _result) = (found, mutant, KindOf(found), found);

    /// <returns>The parts that were left out, and the run without them.</returns>
    public (ShrinkTo Only, RunResult Result) Shrink()
    {
        foreach (var fault in Enum.GetValues<Fault>().Where(fault => _found.Counts[(int)fault] > 0))
        {
            Try(_smallest with { Without = new HashSet<Fault>(_smallest.Without) { fault } });
        }

        for (var before = int.MaxValue; Size < before;)
        {
            before = Size;
            Reduce(_result.PutNumbers, kept => _smallest with { Puts = kept });
            Reduce(_result.FaultNumbers, kept => _smallest with { Faults = kept });
        }

        return (_smallest, _result);
    }

    private int Size => _result.PutNumbers.Count + _result.Faults;

    /// <summary>Leaves out halves, quarters, ... and at last single ones.</summary>
    private void Reduce(IReadOnlyList<int> all, Func<HashSet<int>, ShrinkTo> keep)
    {
        var left = all.ToList();
        for (var chunk = Math.Max(1, left.Count / 2); left.Count > 0; chunk /= 2)
        {
            for (var start = 0; start < left.Count;)
            {
                List<int> fewer = [.. left.Take(start), .. left.Skip(start + chunk)];
                (left, start) = Try(keep([.. fewer])) ? (fewer, start) : (left, start + chunk);
            }

            if (chunk == 1)
            {
                return;
            }
        }
    }

    private bool Try(ShrinkTo only)
    {
        if (++_tries > MaxTries)
        {
            return false;
        }

        var result = Run.Of(_found.Seed, _mutant(), only);
        if (KindOf(result) != _kind)
        {
            return false;
        }

        (_smallest, _result) = (only, result);
        return true;
    }

    private static string KindOf(RunResult result) => result.Violations.Count == 0 ? "" : result.Violations[0].Split(':')[0];
}
