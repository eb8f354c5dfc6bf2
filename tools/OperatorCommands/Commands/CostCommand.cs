using Amazon;
using DataToEvents.Operator.Costs;
using DataToEvents.Recovery.Commands;
using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Commands;

/// <summary><c>cost</c>: what a load costs a month, what each way of saving saves, and which quota is reached first.</summary>
internal sealed class CostCommand(Workload load, PriceList prices, string region)
{
    private const string DefaultRegion = "us-east-1";

    private static readonly Option<double?> Rate = Arguments.Rate("--rate", "Events a second", 10_000_000);
    private static readonly Option<long> Size = Arguments.Size("--size", "Bytes of an event", 1, 240_000).WithDefault(1_024);
    private static readonly Option<long> Pack = Arguments.Whole("--pack", "Events in a Firehose record", 1, 500).WithDefault(1);
    private static readonly Option<bool> Plan = new("--plan") { Description = "Only what has to be raised or sharded for the rate, as a Markdown table" };

    public static Command Create(Runner runner)
    {
        Rate.Required = true;
        return runner.Compute(
            new Command("cost", $"What a load costs a month, what packing, batching, AOT and compression save, and which quota of --region ({DefaultRegion} without it) binds first.") { Rate, Size, Pack, Plan },
            (printer, parsed) => Run(printer, parsed, Known(runner.Targets.Region(parsed) ?? DefaultRegion)));
    }

    private static string Known(string region)
    {
        var regions = RegionEndpoint.EnumerableAllRegions.Select(static known => known.SystemName).ToList();
        return regions.Contains(region) ? region : throw new UserErrorException($"--region '{region}' is not a region of AWS{Spelling.Hint(region, regions)} Allowed: such as {DefaultRegion}, eu-west-1.");
    }

    private static int Run(Printer printer, ParseResult parsed, string region)
    {
        var load = new Workload(parsed.GetValue(Rate)!.Value, (int)parsed.GetValue(Size), (int)parsed.GetValue(Pack), Compressed: true);
        if (load.RecordBytes > FirehoseLimits.MaxRecordBytes)
        {
            throw new UserErrorException($"--size and --pack make records of {Units.Count(load.RecordBytes, "byte")}; allowed: up to {Units.Count(FirehoseLimits.MaxRecordBytes, "byte")}.");
        }

        var prices = PriceList.Shipped();
        var cost = new CostCommand(load, prices, region);
        if (parsed.GetValue(Plan))
        {
            printer.Terminal.Output.Write(new CapacityPlan(load, prices, region).Table());
        }
        else if (printer.IsJson)
        {
            cost.WriteJson(printer);
        }
        else
        {
            cost.Write(printer.Terminal.Screen);
        }

        return ExitCode.Success;
    }

    /// <summary>The cost of the original's way, and then with one saving after the other.</summary>
    private IEnumerable<(string Name, double Usd)> Steps()
    {
        var step = load with { Pack = 1, Batched = false, Aot = false, Compressed = false };
        yield return ("the original's way", Usd(step));
        yield return ($"packing ({Units.Count(load.Pack, "event")} a record)", Usd(step = step with { Pack = load.Pack }));
        yield return ("batching", Usd(step = step with { Batched = true }));
        yield return ("AOT", Usd(step = step with { Aot = true }));
        yield return ("compression where it saves a write unit", Usd(step with { Compressed = true }));
    }

    private double Usd(Workload step) => new Bill(step, prices).Total;

    private void Write(IAnsiConsole screen)
    {
        var bill = new Bill(load, prices);
        var table = Table("service", "million a month", "GB a month", "price", "USD a month");
        foreach (var line in bill.Lines)
        {
            table.AddRow(Row(line.Service, Number(line.Requests), line.Gb > 0 ? Number(line.Gb) : "", line.Price, Money(line.Usd)));
        }

        table.AddRow(Row("total", "", "", "", Money(bill.Total)));
        screen.Write(table);
        screen.Write(Savings());
        var quotas = Table("which quota binds, in order", "events/s", "AWS's number", "source");
        foreach (var bound in Quotas.Bounds(load, prices, region))
        {
            quotas.AddRow(Row($"{bound.Stage}{(bound.EventsPerSecond < load.Rate ? " (too small)" : "")}", Number(bound.EventsPerSecond), bound.Limit, bound.Source));
        }

        screen.Write(quotas);
        screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A single stream carries some {Quotas.HottestStream(load, prices, region):N0} events/s: one event a call of about {Quotas.CallMs} ms; its partition in DynamoDB takes {Quotas.OnePartition(load, prices, region):N0} ({Units.Count(load.WriteUnits, "write unit")} an event)."));
        screen.WriteLine($"Prices are those of {prices.PricesOf}, {prices.Date}{(region == prices.PricesOf ? "" : $"; those of {region} differ")}. Second-hand: {string.Join(", ", prices.Prices.Where(pair => pair.Price.SecondHand).Select(pair => pair.Name))}.");
        screen.WriteLine("Not in it: the consumer (one invocation and its own writes an event), data transfer, CloudWatch, KMS.");
    }

    private Table Savings()
    {
        var table = Table("step by step", "USD a month", "saves");
        double? before = null;
        foreach (var (name, total) in Steps())
        {
            table.AddRow(Row(name, Money(total), before is { } was ? Money(was - total) : ""));
            before = total;
        }

        return table;
    }

    private void WriteJson(Printer printer)
    {
        var bill = new Bill(load, prices);
        printer.Set("pricesOf", prices.PricesOf);
        printer.Set("date", prices.Date);
        printer.Set("services", new JsonArray([.. bill.Lines.Select(line => new JsonObject
        {
            ["service"] = line.Service, ["million"] = line.Requests, ["gb"] = line.Gb, ["usd"] = Math.Round(line.Usd, 2),
        })]));
        printer.Set("usd", (JsonNode)Math.Round(bill.Total, 2));
        printer.Set("steps", new JsonObject(Steps().Select(step => KeyValuePair.Create<string, JsonNode?>(step.Name, Math.Round(step.Usd, 2)))));
        printer.Set("quotas", new JsonArray([.. Quotas.Bounds(load, prices, region).Select(bound => new JsonObject
        {
            ["stage"] = bound.Stage, ["eventsPerSecond"] = bound.EventsPerSecond, ["limit"] = bound.Limit, ["source"] = bound.Source,
        })]));
    }

    private static Table Table(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static Text[] Row(params string[] cells) => [.. cells.Select(cell => new Text(cell))];

    private static string Number(double value) => value.ToString(value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);

    private static string Money(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
