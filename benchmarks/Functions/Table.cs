namespace DataToEvents.Benchmarks.Functions;

/// <summary>The figures for people, with their ratios to the floors of the same run.</summary>
internal static class Table
{
    public static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static void Print(Floor floor, IReadOnlyList<Row> rows, TextWriter output)
    {
        output.WriteLine($"Floor: AOT echo, first answer {floor.EchoSmall.FirstAnswer:0.0} ms (500-record event {floor.Echo.FirstAnswer:0.0} ms); codec {floor.CodecCpuPerThousand:0.00} CPU ms per 1,000 records of 1 KB");
        output.WriteLine();
        output.WriteLine("| function | ready ms | first answer ms, http | https, package's roots (x echo) | https, system's roots | warm ms, 0 ms a call | warm ms, 5 ms a call (round trips) | CPU ms per 1,000 (x codec) | peak RSS MB | zip MB | AWS calls per 1,000 records |");
        output.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var row in rows)
        {
            output.WriteLine(
                $"| {row.Name} | {row.Plain.Ready:0.0} | {row.Plain.FirstAnswer:0.0} | {row.Tls.FirstAnswer:0.0} ({row.Tls.FirstAnswer / floor.EchoSmall.FirstAnswer:0.0}) | {row.TlsSystemStore.FirstAnswer:0.0} "
                + $"| {row.Now.Milliseconds:0.00} | {row.After5Ms.Milliseconds:0.0} ({row.RoundTrips:0.00}) | {row.Now.CpuPerThousand:0.0} ({row.Now.CpuPerThousand / floor.CodecCpuPerThousand:0.0}) "
                + $"| {row.Now.PeakMegabytes:0} | {row.ZipMegabytes:0.0} | {row.CallsText} |");
        }

        output.WriteLine();
        output.WriteLine("| wanted of | what | at most | reached | |");
        output.WriteLine("|---|---|---|---|---|");
        foreach (var (row, goal) in rows.SelectMany(row => Goal.Of(row.Name).Select(goal => (row, goal))))
        {
            var reached = goal.Reached(row);
            output.WriteLine($"| {row.Name} | {goal.What} | {goal.AtMost} | {reached:0.0#} | {Missed(reached, goal.AtMost)} |");
        }
    }

    /// <summary>A line with the figures of both builds, their ratio, and by how much a goal is missed.</summary>
    public static void Compare(IReadOnlyList<Row> rows, IReadOnlyList<Row> baseRows, TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("| compared with the base | what | base | now | ratio | at most | |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        foreach (var (row, before) in rows.Zip(baseRows))
        {
            foreach (var goal in RatioGoal.All)
            {
                var (now, then) = (goal.Figure(row), goal.Figure(before));
                output.WriteLine($"| {row.Name} | {goal.What} | {then:0.0#} | {now:0.0#} | {now / then:0.00} | {goal.AtMost} | {Missed(now / then, goal.AtMost)} |");
            }
        }
    }

    private static string Missed(double reached, double atMost) => reached <= atMost ? "" : $"missed by {reached - atMost:0.0#}";
}
