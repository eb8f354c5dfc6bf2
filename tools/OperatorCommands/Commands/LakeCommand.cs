using Amazon.Athena;
using DataToEvents.Operator.Lake;
using DataToEvents.Recovery.Commands;
using DataToEvents.Recovery.Reporting;
using DataToEvents.Recovery.Targets;

namespace DataToEvents.Operator.Commands;

/// <summary><c>lake</c>: asks the lake with SQL, on AWS with Athena, over a data directory with DuckDB.</summary>
internal static class LakeCommand
{
    private const int Retries = 3;
    private const double BytesOfMegabyte = 1e6;

    /// <summary>Athena: US dollars a terabyte that is read, us-east-1.</summary>
    private const double UsdOfByte = 5 / 1e12;

    private static readonly Argument<string> Sql = new("SQL") { Description = "One query; `lake tables` shows what it can ask" };
    private static readonly Option<long> Limit = Arguments.Whole("--limit", "Rows of the answer at most", 1, 1_000_000).WithDefault(1_000);
    private static readonly Option<string> Workgroup = Arguments.Name("--workgroup", "On AWS: Athena's workgroup", 128, "'_', '.' or '-'").WithDefault("data-events");
    private static readonly Option<string> Database = Arguments.Name("--database", "On AWS: the database in the Glue catalog", 255, "'_'").WithDefault("data_events");

    public static Command Create(Runner runner) => new("lake", "Asks the lake with SQL: the same tables and columns on AWS (lake.query = true of Terraform) and over a data directory.")
    {
        runner.Ask(new Command("query", "Runs one query, and prints its rows.") { Sql, Limit, Workgroup, Database }, AskAsync),
        runner.Compute(new Command("tables", "Lists the lake's tables and their columns."), (printer, _) => ShowTables(printer)),
    };

    private static async Task<int> AskAsync(PathTarget target, Printer printer, ParseResult parsed, CancellationToken stopping)
    {
        var sql = parsed.GetRequiredValue(Sql);
        var limit = (int)parsed.GetValue(Limit);
        if (target.Data is { } data)
        {
            DataDirectory.ThrowIfNoData(data);
            return Show(printer, await new LocalLake(data).AskAsync(sql, limit, stopping));
        }

        var settings = new AwsSettings(target.Endpoint, target.Region, Environment.GetEnvironmentVariable);
        using var athena = new AmazonAthenaClient(settings.Of<AmazonAthenaConfig>(Retries));
        return Show(printer, await new AthenaLake(athena, parsed.GetRequiredValue(Workgroup), parsed.GetRequiredValue(Database), printer.Terminal.Time).AskAsync(sql, limit, stopping));
    }

    private static int Show(Printer printer, LakeAnswer answer)
    {
        var listing = new Listing("rows", [.. answer.Columns]);
        foreach (var row in answer.Rows)
        {
            listing.Add([.. row]);
        }

        printer.Show(listing, "No row.");
        printer.Set("hasMore", answer.HasMore);
        printer.Say("");
        printer.Say(answer.HasMore ? $"The first {Units.Count(answer.Rows.Count, "row")}; --limit shows more." : $"{Units.Count(answer.Rows.Count, "row")}.");
        if (answer.ScannedBytes is { } scanned)
        {
            printer.Set("scannedBytes", scanned);
            printer.Say(string.Create(CultureInfo.InvariantCulture, $"Athena read {scanned / BytesOfMegabyte:N1} MB for it (about ${scanned * UsdOfByte:0.0000})."));
        }

        return ExitCode.Success;
    }

    private static int ShowTables(Printer printer)
    {
        var listing = new Listing("columns", "table", "column", "type", "meaning");
        foreach (var table in LakeSchema.Tables)
        {
            foreach (var column in table.Columns)
            {
                listing.Add(table.Name, column.Name, column.Type, column.Meaning);
            }
        }

        printer.Show(listing, "");
        return ExitCode.Success;
    }
}
