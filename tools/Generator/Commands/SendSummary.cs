using System.Globalization;
using System.Text.Json;
using DataToEvents.Commands;
using DataToEvents.Generator.Sending;
using DataToEvents.Load;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>What a run came to.</summary>
internal sealed class SendSummary(SendTotals totals, SendOptions options, SendOutcome outcome, TimeSpan elapsed)
{
    private double Seconds => Math.Max(elapsed.TotalSeconds, 0.001);

    public void Write(IAnsiConsole screen)
    {
        var grid = new Grid().AddColumns(2);
        Row(grid, "records", options.Plan.Expected is { } expected ? (FormattableString)$"{totals.Records:N0} of {expected:N0}" : $"{totals.Records:N0}");
        Row(grid, "events", $"{totals.Events:N0}");
        Row(grid, "bytes", $"{totals.Bytes:N0}");
        Row(grid, "retries", $"{totals.Retries:N0}");
        if (totals.RefusedPoison > 0)
        {
            Row(grid, "refused", $"{totals.RefusedPoison:N0} (poison over the target's limit, as it should be)");
        }

        if (totals.Uncertain > 0)
        {
            Row(grid, "uncertain", $"{totals.Uncertain:N0} (sent again after a call without an answer)");
        }

        Row(grid, "seconds", $"{Seconds:N3}");
        Row(grid, "rate", $"{totals.Records / Seconds:N0} records/s, {totals.Events / Seconds:N0} events/s");
        Row(grid, "put", $"p50 {totals.Puts.Percentile(0.5):N1} ms, p99 {totals.Puts.Percentile(0.99):N1} ms, max {totals.Puts.Max:N1} ms");
        if (options.Plan.RecordsPerSecond is not null)
        {
            Row(grid, "late", $"p50 {totals.Lateness.Percentile(0.5):N1} ms, p99 {totals.Lateness.Percentile(0.99):N1} ms, max {totals.Lateness.Max:N1} ms");
        }

        if (options.Input is null)
        {
            Row(grid, "seed", $"{options.Records.Seed}");
        }

        screen.Write(grid);
    }

    public void WriteJson(Stream output)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            json.WriteBoolean("complete", outcome.ExitCode == ExitCode.Success);
            json.WriteNumber("records", totals.Records);
            if (options.Plan.Expected is { } expected)
            {
                json.WriteNumber("expected", expected);
            }

            json.WriteNumber("events", totals.Events);
            json.WriteNumber("bytes", totals.Bytes);
            json.WriteNumber("retries", totals.Retries);
            json.WriteNumber("undelivered", totals.Undelivered);
            json.WriteNumber("refusedPoison", totals.RefusedPoison);
            json.WriteNumber("uncertain", totals.Uncertain);
            json.WriteNumber("seconds", Math.Round(Seconds, 3));
            json.WriteNumber("recordsPerSecond", Math.Round(totals.Records / Seconds, 1));
            Write(json, "putMs", totals.Puts);
            Write(json, "lateMs", totals.Lateness);
            if (options.Input is null)
            {
                json.WriteNumber("seed", options.Records.Seed);
            }

            json.WriteString("error", outcome.Complaint);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, string name, LatencyHistogram latency)
    {
        json.WriteStartObject(name);
        json.WriteNumber("p50", latency.Percentile(0.5));
        json.WriteNumber("p99", latency.Percentile(0.99));
        json.WriteNumber("max", latency.Max);
        json.WriteEndObject();
    }

    private static void Row(Grid grid, string name, FormattableString value) =>
        grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
}
