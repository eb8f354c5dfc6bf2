using DataToEvents.Fuzz.Tests.Engine;
using DataToEvents.Fuzz.Tests.Targets;

namespace DataToEvents.Fuzz.Tests;

/// <summary>One run of the fuzzer over its targets.</summary>
internal sealed class Campaign(IReadOnlyList<FuzzTarget> targets, TimeSpan perTarget, int seed, DirectoryInfo? keep)
{
    /// <returns>The exit code: 0, or 1 with at least one finding.</returns>
    public int Run()
    {
        var (inputs, edges, findings) = (0L, 0, new List<Finding>());
        foreach (var target in targets)
        {
            var coverage = new Coverage();
            using var last = new LastInput(target);
            var fuzzer = new Fuzzer(target, target.Corpus(), new Random(seed)) { Trying = last.Remember };
            var finding = fuzzer.Run(coverage, perTarget);
            Say($"{target.Name,-12} {fuzzer.Inputs,12:N0} inputs  {coverage.Edges,6:N0} edges  {fuzzer.Discoveries.Count,5:N0} new  {(finding is null ? "nothing found" : finding.What)}");
            (inputs, edges) = (inputs + fuzzer.Inputs, edges + coverage.Edges);
            Keep(target, fuzzer.Discoveries);
            if (finding is not null)
            {
                findings.Add(finding);
                Report(finding);
            }
        }

        Say($"fuzz: seed {seed}, {targets.Count} targets, {inputs:N0} inputs, {edges:N0} edges, {findings.Count} findings");
        return findings.Count == 0 ? 0 : 1;
    }

    public static int Replay(IReadOnlyList<FuzzTarget> targets, FileInfo file)
    {
        var faults = targets.Select(target => (target.Name, Fault: FuzzTrial.Run(target, File.ReadAllBytes(file.FullName)))).ToList();
        faults.ForEach(tried => Say($"{tried.Name}: {tried.Fault ?? "nothing found"}"));
        return faults.TrueForAll(tried => tried.Fault is null) ? 0 : 1;
    }

    private void Keep(FuzzTarget target, IReadOnlyList<byte[]> inputs)
    {
        if (keep is not null)
        {
            var folder = keep.CreateSubdirectory(target.Name);
            foreach (var input in inputs)
            {
                File.WriteAllBytes(Path.Combine(folder.FullName, LastInput.NameOf(input)), input);
            }
        }
    }

    private static void Report(Finding finding)
    {
        var file = Path.GetFullPath($"fuzz-{finding.Target}-{LastInput.NameOf(finding.Input)}");
        File.WriteAllBytes(file, finding.Input);
        Say($"  {finding.Input.Length} bytes, kept in {file}");
        Say($"  again: make fuzz TARGET={finding.Target} REPLAY={file}");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
