namespace DataToEvents.Benchmarks.Functions;

/// <summary>Medians in milliseconds: from the start of the process until it asks for work, and until its first answer.</summary>
internal sealed record Cold(double Ready, double FirstAnswer);

/// <param name="Milliseconds">Median of an invocation.</param>
/// <param name="CpuPerThousand">User and system milliseconds per 1,000 records.</param>
/// <param name="PeakMegabytes">Peak of the resident set since the process began.</param>
/// <param name="Calls">AWS calls per 1,000 records, by operation.</param>
internal sealed record Warm(double Milliseconds, double CpuPerThousand, double PeakMegabytes, IReadOnlyDictionary<string, double> Calls);

/// <summary>Runs functions as their own processes and takes their times.</summary>
internal static class Measurement
{
    private const int WarmUp = 10;

    public static async Task<Cold> ColdAsync(string executable, IReadOnlyDictionary<string, string> environment, Func<byte[]> next, int runs)
    {
        var (ready, first) = (new List<double>(), new List<double>());
        for (var run = 0; run < runs; run++)
        {
            var payload = next();
            await using var runtime = await RuntimeServer.StartAsync();
            using var process = MeasuredProcess.Start(executable, environment, runtime.Endpoint);
            var answered = runtime.InvokeAsync(payload);
            var asked = await runtime.Asked;
            var (at, _) = await answered;
            ready.Add(Stopwatch.GetElapsedTime(process.StartedAt, asked).TotalMilliseconds);
            first.Add(Stopwatch.GetElapsedTime(process.StartedAt, at).TotalMilliseconds);
        }

        return new Cold(Median(ready), Median(first));
    }

    public static async Task<Warm> WarmAsync(string executable, StubAws aws, Subject subject)
    {
        await using var runtime = await RuntimeServer.StartAsync();
        using var process = MeasuredProcess.Start(executable, subject.Environment(aws.Url), runtime.Endpoint);
        for (var i = 0; i < Math.Min(WarmUp, subject.Invocations); i++)
        {
            await runtime.InvokeAsync(subject.Event());
        }

        aws.TakeCalls();
        var (times, cpu) = (new List<double>(), process.CpuMilliseconds());
        for (var i = 0; i < subject.Invocations; i++)
        {
            var payload = subject.Event();
            var begin = Stopwatch.GetTimestamp();
            var (at, _) = await runtime.InvokeAsync(payload);
            times.Add(Stopwatch.GetElapsedTime(begin, at).TotalMilliseconds);
        }

        var thousands = subject.Records * subject.Invocations / 1_000.0;
        return new Warm(
            Median(times),
            (process.CpuMilliseconds() - cpu) / thousands,
            process.PeakMegabytes(),
            aws.TakeCalls().ToDictionary(call => call.Key, call => Math.Round(call.Value / thousands, 1)));
    }

    public static double Median(IEnumerable<double> values)
    {
        var ordered = values.Order().ToArray();
        return ordered[ordered.Length / 2];
    }
}
