using System.Text.Json;

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
            var reached = goal.Reached(row, floor);
            output.WriteLine($"| {row.Name} | {goal.What} | {goal.AtMost} | {reached:0.0#} | {(reached <= goal.AtMost ? "" : $"missed by {reached - goal.AtMost:0.0#}")} |");
        }
    }
}
