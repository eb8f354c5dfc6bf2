using System.Globalization;
using DataToEvents.Generator.Records;
using DataToEvents.Generator.Sending;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>What a run came to.</summary>
internal static class SummaryView
{
    public static void Write(IAnsiConsole screen, SendTotals totals, SendPlan plan, RecordOptions records, TimeSpan elapsed)
    {
        var events = totals.Records * records.EventsPerRecord;
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        var grid = new Grid().AddColumns(2);
        Row(grid, "records", $"{totals.Records:N0} of {plan.Count:N0}");
        Row(grid, "events", $"{events:N0}");
        Row(grid, "bytes", $"{totals.Bytes:N0}");
        Row(grid, "retries", $"{totals.Retries:N0}");
        Row(grid, "seconds", $"{seconds:N3}");
        Row(grid, "rate", $"{totals.Records / seconds:N0} records/s, {events / seconds:N0} events/s");
        Row(grid, "seed", $"{records.Seed}");
        screen.Write(grid);
    }

    private static void Row(Grid grid, string name, FormattableString value) =>
        grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
}
