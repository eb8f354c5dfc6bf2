namespace DataToEvents.Benchmarks.Functions;

/// <summary>Measures one build, or two in turn: what the machine does meanwhile then meets both.</summary>
internal static class Comparison
{
    private const int ColdRuns = 15;
    private const int Rounds = 3;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(5);

    /// <returns>The median of each figure over all rounds.</returns>
    public static async Task<(Row Now, Row? Before)> MeasureAsync(Subject subject, Packages packages, Packages? before, StubAws http, StubAws https)
    {
        if (before is null)
        {
            return (await OnceAsync(subject, packages, http, https, ColdRuns), null);
        }

        var (rows, baseRows) = (new List<Row>(), new List<Row>());
        for (var round = 0; round < Rounds; round++)
        {
            baseRows.Add(await OnceAsync(subject, before, http, https, ColdRuns / Rounds));
            rows.Add(await OnceAsync(subject, packages, http, https, ColdRuns / Rounds));
        }

        return (Row.Median(rows), Row.Median(baseRows));
    }

    private static async Task<Row> OnceAsync(Subject subject, Packages packages, StubAws http, StubAws https, int coldRuns)
    {
        var executable = packages.Executable(subject);
        var plain = await Measurement.ColdAsync(executable, subject.Environment(http.Url), subject.Event, coldRuns);
        var tls = await Measurement.ColdAsync(executable, With(packages.DeployedRoots(subject)), subject.Event, coldRuns);
        var system = await Measurement.ColdAsync(executable, With(packages.SystemRoots(subject)), subject.Event, coldRuns);
        var now = await Measurement.WarmAsync(executable, http, subject);
        http.Delay = Delay;
        var later = await Measurement.WarmAsync(executable, http, subject);
        http.Delay = TimeSpan.Zero;
        return new Row(subject.Name, plain, tls, system, now, later, packages.Megabytes(subject));

        Dictionary<string, string> With(Dictionary<string, string> roots) => new(subject.Environment(https.Url).Concat(roots));
    }
}
