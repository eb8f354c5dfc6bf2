namespace DataToEvents.Benchmarks.Micro;

/// <summary>
/// Compares the two rows of <see cref="CatalogBenchmarks"/> on a busy machine: many short turns of each, one after the other, so that what else runs hits both. The fastest turns
/// were not interrupted.
/// </summary>
internal static class CatalogComparison
{
    private const int WarmUp = 2_000;

    public static void Run(int rounds)
    {
        var benchmarks = new CatalogBenchmarks();
        var (shipped, features) = (new double[rounds], new double[rounds]);
        for (var round = -WarmUp; round < rounds; round++)
        {
            var (one, other) = (Measure(benchmarks.Shipped), Measure(benchmarks.BehindEntriesWithFeatures));
            if (round >= 0)
            {
                (shipped[round], features[round]) = (one, other);
            }
        }

        Array.Sort(shipped);
        Array.Sort(features);
        foreach (var (name, place) in new[] { ("fastest", 0), ("tenth", rounds / 10), ("median", rounds / 2) })
        {
            Console.WriteLine(FormattableString.Invariant($"{name}: {shipped[place]:F1} ns and {features[place]:F1} ns a record, {100 * ((features[place] / shipped[place]) - 1):F2} % more"));
        }
    }

    private static double Measure(Func<int> turn)
    {
        var start = Stopwatch.GetTimestamp();
        turn();
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / CatalogBenchmarks.Count;
    }
}
