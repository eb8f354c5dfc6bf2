using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary>The summary of a run.</summary>
internal sealed class SendSummary(SendTotals totals, SendOptions options, RunOutcome outcome, TimeSpan elapsed)
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

    /// <summary>One object, in one line.</summary>
    public string ToJson()
    {
        var json = new JsonObject { ["complete"] = outcome.ExitCode == ExitCode.Success, ["records"] = totals.Records };
        if (options.Plan.Expected is { } expected)
        {
            json["expected"] = expected;
        }

        json["events"] = totals.Events;
        json["bytes"] = totals.Bytes;
        json["retries"] = totals.Retries;
        json["undelivered"] = totals.Undelivered;
        json["refusedPoison"] = totals.RefusedPoison;
        json["uncertain"] = totals.Uncertain;
        json["seconds"] = Math.Round(Seconds, 3);
        json["recordsPerSecond"] = Math.Round(totals.Records / Seconds, 1);
        json["putMs"] = Json(totals.Puts);
        json["lateMs"] = Json(totals.Lateness);
        if (options.Input is null)
        {
            json["seed"] = options.Records.Seed;
        }

        json["error"] = outcome.Complaint;
        return json.ToJsonString();
    }

    private static JsonObject Json(LatencyHistogram latency) => new() { ["p50"] = latency.Percentile(0.5), ["p99"] = latency.Percentile(0.99), ["max"] = latency.Max };

    private static void Row(Grid grid, string name, FormattableString value) =>
        grid.AddRow(new Text(name), new Text(value.ToString(CultureInfo.InvariantCulture)));
}
