using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Mutants;

namespace DataToEvents.Simulation.Runs;

/// <summary>A deliberate bug that is found when one kind of fault happens and no other.</summary>
/// <param name="Fault">Null: no fault is needed.</param>
/// <param name="Hop">Where it happens; null when there is no fault.</param>
/// <param name="Bug">Its name.</param>
/// <param name="Promise">The promise that the bug breaks.</param>
/// <param name="Seeds">The median of the seeds that are needed, by how many of the tried ones found it.</param>
internal sealed record MatrixEntry(Fault? Fault, Hop? Hop, string Bug, string Promise, int Seeds);

/// <summary>Which kind of fault, alone and where, finds which deliberate bug.</summary>
internal sealed class FaultMatrix(int seeds, int threads)
{
    public const string Begin = "<!-- matrix: make sim MATRIX=docs/reliability.md writes it -->";
    public const string End = "<!-- end of the matrix -->";

    /// <summary>Enough to tell how many seeds it takes.</summary>
    private const int EnoughFindings = 3;

    private static readonly string[] Promises = [.. Bugs.All.Select(bug => bug.Promise).Distinct().Order()];

    private readonly Lock _gate = new();
    private readonly List<MatrixEntry> _findings = [];

    /// <summary>The table, a line each.</summary>
    public IReadOnlyList<string> Measure()
    {
        var work = new Queue<Bug>(Bugs.All);
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() => Work(work))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return [.. Table()];
    }

    /// <summary>Puts the table in the place of the one in a document.</summary>
    public static void Write(string file, IReadOnlyList<string> table)
    {
        var lines = File.ReadAllLines(file).ToList();
        var (begin, end) = (lines.IndexOf(Begin), lines.IndexOf(End));
        if (begin < 0 || end < begin)
        {
            throw new InvalidOperationException($"{file} has no lines \"{Begin}\" and \"{End}\", between which the table belongs.");
        }

        File.WriteAllLines(file, [.. lines[..(begin + 1)], .. table, .. lines[end..]]);
    }

    private void Work(Queue<Bug> work)
    {
        while (true)
        {
            Bug bug;
            lock (_gate)
            {
                if (!work.TryDequeue(out bug!))
                {
                    return;
                }
            }

            var findings = Find(bug).ToList();
            lock (_gate)
            {
                _findings.AddRange(findings);
            }
        }
    }

    private IEnumerable<MatrixEntry> Find(Bug bug)
    {
        if (Try(bug, ShrinkTo.Nothing with { Mix = FaultMix.None }) is { Median: var median })
        {
            return [new MatrixEntry(null, null, bug.Name, bug.Promise, median)];
        }

        return Enum.GetValues<Fault>().SelectMany(fault => Find(bug, fault));
    }

    private IEnumerable<MatrixEntry> Find(Bug bug, Fault fault)
    {
        if (Try(bug, ShrinkTo.Only(fault)) is not { } found)
        {
            return [];
        }

        // The seed that found it, with the fault at one place at a time.
        var places = found.First.Places.Select(place => place.Hop).ToList();
        var alone = places.FindAll(hop => Run.Of(found.First.Seed, bug.New(), ShrinkTo.Only(fault, hop)).Violations.Count > 0);
        return (alone.Count > 0 ? alone : places).Select(hop => new MatrixEntry(fault, hop, bug.Name, bug.Promise, found.Median));
    }

    private (RunResult First, int Median)? Try(Bug bug, ShrinkTo only)
    {
        RunResult? first = null;
        var (tried, found) = (0, 0);
        while (tried < seeds && found < EnoughFindings)
        {
            var result = Run.Of(++tried, bug.New(), only);
            found += result.Violations.Count > 0 ? 1 : 0;
            first ??= result.Violations.Count > 0 ? result : null;
        }

        // A share p of the seeds finds it: half of all searches need no more than ln(1/2) / ln(1 - p) seeds.
        return first is null ? null : (first, found == tried ? 1 : (int)Math.Ceiling(Math.Log(0.5) / Math.Log(1 - ((double)found / tried))));
    }

    private IEnumerable<string> Table()
    {
        yield return $"| Fault | at | {string.Join(" | ", Promises)} |";
        yield return $"|---|---|{string.Concat(Promises.Select(_ => "---|"))}";
        foreach (var fault in Enum.GetValues<Fault>().Select(fault => (Fault?)fault).Prepend(null))
        {
            var hops = _findings.Where(finding => finding.Fault == fault).GroupBy(finding => finding.Hop).OrderBy(hop => hop.Key).ToList();
            foreach (var hop in hops)
            {
                yield return $"| {fault?.ToString() ?? "no fault"} | {hop.Key} | {string.Join(" | ", Promises.Select(promise => Cell(hop.Where(finding => finding.Promise == promise))))} |";
            }

            if (hops.Count == 0)
            {
                yield return $"| {fault} | - |{string.Concat(Promises.Select(_ => " |"))}";
            }
        }
    }

    private static string Cell(IEnumerable<MatrixEntry> findings) =>
        string.Join(", ", findings.OrderBy(finding => finding.Seeds).ThenBy(finding => finding.Bug, StringComparer.Ordinal).Select(finding => $"{finding.Bug} {finding.Seeds}"));
}
