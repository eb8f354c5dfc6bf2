using DataToEvents.Simulation.States;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Runs;

/// <summary>Makes many runs, with one thread for each run that is under way. A run stays on its thread.</summary>
internal sealed class SeedCampaign(long from, long count, Func<Mutant> mutant)
{
    private readonly Lock _gate = new();
    private readonly long _end = from + count;
    private long _next = from;

    public long Seeds { get; private set; }

    public long Events { get; private set; }

    public long Faults { get; private set; }

    /// <summary>The sum of the hashes of all traces: two builds of which the same seeds have the same sum did the same.</summary>
    public ulong Hashes { get; private set; }

    public SortedDictionary<long, RunResult> Failing { get; } = [];

    /// <summary>How many runs reached each state.</summary>
    public int[] StateCounts { get; } = new int[Enum.GetValues<State>().Length];

    /// <summary>Called for each run, one at a time.</summary>
    public Action<RunResult>? OnResult { get; init; }

    public SeedCampaign Go(int threads)
    {
        var workers = Enumerable.Range(0, threads).Select(number => new Thread(Work) { Name = $"simulation {number}", IsBackground = true }).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return this;
    }

    private void Work()
    {
        while (Take() is { } seed)
        {
            Add(Run.Of(seed, mutant()));
        }
    }

    private long? Take()
    {
        lock (_gate)
        {
            return _next < _end ? _next++ : null;
        }
    }

    private void Add(RunResult result)
    {
        lock (_gate)
        {
            Seeds++;
            Events += result.Events;
            Faults += result.Faults;
            Hashes += result.Hash;
            foreach (var state in result.States)
            {
                StateCounts[(int)state]++;
            }

            if (result.Violations.Count > 0)
            {
                Failing.Add(result.Seed, result);
            }

            OnResult?.Invoke(result);
        }
    }
}
