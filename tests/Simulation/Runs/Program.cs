using System.Diagnostics;
using System.CommandLine;
using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Mutants;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Runs;

/// <summary>The program that <c>make sim</c> starts.</summary>
internal static class Program
{
    private const int ShownFailures = 10;

    private static int _shown;

    private static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var seeds = new Option<long>("--seeds") { Description = "How many runs.", DefaultValueFactory = _ => 20_000 };
        var from = new Option<long>("--from") { Description = "The first seed.", DefaultValueFactory = _ => 1 };
        var seed = new Option<long?>("--seed") { Description = "Replay this one, with its trace." };
        var bug = new Option<string?>("--bug") { Description = "Put a deliberate bug in: see docs/reliability.md." };
        var threads = new Option<int>("--threads") { Description = "Runs at once.", DefaultValueFactory = _ => Environment.ProcessorCount };
        var root = new RootCommand("Runs the whole path under simulated faults and checks what is promised. Exit 1: a promise was broken.") { seeds, from, seed, bug, threads };
        var bugs = new Option<bool>("--bugs") { Description = "Say for each deliberate bug in how many of the seeds it is found, and which finds it first. With --bug: for that one." };
        root.Add(bugs);
        var matrix = new Option<string?>("--matrix") { Description = "Find out which kind of fault, alone, finds which deliberate bug within --seeds, and write that table into this document." };
        root.Add(matrix);
        root.SetAction(parsed =>
        {
            if (parsed.GetValue(matrix) is { } document)
            {
                FaultMatrix.Write(document, new FaultMatrix((int)parsed.GetValue(seeds), parsed.GetValue(threads)).Measure());
                return 0;
            }

            if (parsed.GetValue(bugs))
            {
                return FindBugs(parsed.GetValue(seeds), parsed.GetValue(bug));
            }

            if (Bugs.Find(parsed.GetValue(bug)) is not { } mutant)
            {
                Console.Error.WriteLine($"There is no deliberate bug \"{parsed.GetValue(bug)}\". There are: {string.Join(", ", Bugs.All.Select(known => known.Name))}.");
                return 2;
            }

            return parsed.GetValue(seed) is { } one
                ? Replay(one, mutant)
                : Search(new SeedCampaign(parsed.GetValue(from), parsed.GetValue(seeds), mutant) { OnResult = Show }, parsed.GetValue(threads), mutant, isWithoutBug: parsed.GetValue(bug) is null);
        });
        var result = root.Parse(arguments);
        return result.Errors.Count == 0 ? result.Invoke() : Math.Max(2, result.Invoke());
    }

    private static int Replay(long seed, Func<Mutant> mutant)
    {
        var result = Run.Of(seed, mutant(), lines: Console.Out);
        Console.WriteLine($"Seed {seed}: {result.Events} events, {result.Faults} faults, trace {result.Hash:x16}, {result.Violations.Count} violations, states {string.Join(", ", result.States.Order())}");
        foreach (var violation in result.Violations)
        {
            Console.WriteLine($"  {violation}");
        }

        if (result.Violations.Count == 0)
        {
            return 0;
        }

        Shrink(result, mutant);
        return 1;
    }

    private static int FindBugs(long seeds, string? only)
    {
        foreach (var bug in Bugs.All.Where(bug => only is null || bug.Name == only))
        {
            var campaign = new SeedCampaign(1, seeds, bug.New).Go(Environment.ProcessorCount);
            Console.WriteLine($"{bug.Name,-28} red in {campaign.Failing.Count,4} of {seeds}, first {campaign.Failing.Keys.FirstOrDefault(),4}: {campaign.Failing.Values.FirstOrDefault()?.Violations[0]}");
        }

        return 0;
    }

    private static int Search(SeedCampaign campaign, int threads, Func<Mutant> mutant, bool isWithoutBug)
    {
        var watch = Stopwatch.StartNew();
        campaign.Go(threads);
        if (campaign.Failing.Count > 0)
        {
            Shrink(campaign.Failing.First().Value, mutant);
        }

        var missing = isWithoutBug ? StatesToReach.Missing(campaign.StateCounts, campaign.Seeds) : [];
        foreach (var line in isWithoutBug ? ["States, and how many runs reached them:", .. StatesToReach.Table(campaign.StateCounts), .. missing] : Array.Empty<string>())
        {
            Console.WriteLine(line);
        }

        Console.WriteLine(
            $"{campaign.Seeds:N0} seeds, {campaign.Events:N0} events, {campaign.Faults:N0} faults injected, {campaign.Failing.Count:N0} seeds with violations, traces {campaign.Hashes:x16}, {watch.Elapsed.TotalSeconds:N0} s, of processor time {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:N0} s");
        return campaign.Failing.Count == 0 && missing.Count == 0 ? 0 : 1;
    }

    private static void Shrink(RunResult failing, Func<Mutant> mutant)
    {
        var (only, result) = new Shrinker(failing, mutant).Shrink();
        Console.WriteLine();
        Console.WriteLine($"The smallest run of seed {failing.Seed} that fails alike: {result.PutNumbers.Count} calls, {result.Faults} faults{Without(only)}");
        Run.Of(failing.Seed, mutant(), only, Console.Out);
    }

    private static string Without(ShrinkTo only) => only.Without.Count == 0 ? "" : $", without {string.Join(", ", only.Without)}";

    private static void Show(RunResult result)
    {
        if (result.Violations.Count > 0 && ++_shown <= ShownFailures)
        {
            Console.WriteLine($"Seed {result.Seed}: {string.Join("; ", result.Violations.Take(3))}");
        }
    }
}
