using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DataToEvents.Common.Commands;
using DataToEvents.Generator.Costs;
using Spectre.Console;

namespace DataToEvents.Generator.Commands;

/// <summary><c>cost</c>: what a load costs a month, what the ways of saving save, and which quota binds first.</summary>
internal sealed class CostCommand(Terminal terminal, PriceList prices)
{
    private static readonly Option<double?> Rate = Arguments.Create<double?>("--rate", "Events a second", "a number over 0, at most 10000000", text =>
        (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 10_000_000, rate));

    private static readonly Option<long> Size = Arguments.Whole("--size", "Bytes of an event", 1, 240_000).WithDefault(1_024);
    private static readonly Option<long> Pack = Arguments.Whole("--pack", "Events in a Firehose record", 1, 500).WithDefault(1);
    private static readonly Option<string> Region = Arguments.Name("--region", "Whose quotas", 32, "'-'").WithDefault("us-east-1");
    private static readonly Option<bool> Plan = new("--plan") { Description = "Only what has to be raised or sharded for the rate, as a Markdown table" };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object on standard output, and nothing else there" };

    public static Command Create(Terminal terminal)
    {
        Rate.Required = true;
        var command = new Command("cost", "What a load costs a month, what packing, batching, AOT and compression save, and which quota binds first.") { Rate, Size, Pack, Region, Plan, Json };
        var cost = new CostCommand(terminal, PriceList.Shipped());
        command.SetAction(parsed => cost.Run(parsed));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        var load = new Workload(parsed.GetValue(Rate)!.Value, (int)parsed.GetValue(Size), (int)parsed.GetValue(Pack), Compressed: true);
        var region = parsed.GetRequiredValue(Region);
        if (load.RecordBytes > Sending.FirehoseLimits.MaxRecordBytes)
        {
            terminal.Complain($"--size and --pack make records of {load.RecordBytes} bytes; allowed: up to {Sending.FirehoseLimits.MaxRecordBytes}.");
            return ExitCode.BadInput;
        }

        if (parsed.GetValue(Plan))
        {
            terminal.Output.Write(System.Text.Encoding.UTF8.GetBytes(new CapacityPlan(load, prices, region).Table()));
        }
        else if (parsed.GetValue(Json))
        {
            WriteJson(load, region);
        }
        else
        {
            Write(load, region);
        }

        return ExitCode.Success;
    }

    /// <summary>The original's way, and then one saving after the other.</summary>
    private static IEnumerable<(string Name, Workload Load)> Steps(Workload load)
    {
        var step = load with { Pack = 1, Batched = false, Aot = false, Compressed = false };
        yield return ("the original's way", step);
        yield return (FormattableString.Invariant($"packing ({load.Pack} events a record)"), step = step with { Pack = load.Pack });
        yield return ("batching", step = step with { Batched = true });
        yield return ("AOT", step = step with { Aot = true });
        yield return ("compression where it saves a write unit", step with { Compressed = true });
    }

    private void Write(Workload load, string region)
    {
        var bill = new Bill(load, prices);
        var table = Table("service", "million a month", "GB a month", "price", "USD a month");
        foreach (var line in bill.Lines)
        {
            table.AddRow(Cells(line.Service, Number(line.Requests), line.Gb > 0 ? Number(line.Gb) : "", line.Price, Money(line.Usd)));
        }

        table.AddRow(Cells("total", "", "", "", Money(bill.Total)));
        terminal.Screen.Write(table);
        WriteSavings(load);
        var quotas = Table("which quota binds, in order", "events/s", "AWS's number", "source");
        foreach (var bound in Quotas.Bounds(load, prices, region))
        {
            quotas.AddRow(Cells($"{bound.Stage}{(bound.EventsPerSecond < load.Rate ? " (too small)" : "")}", Number(bound.EventsPerSecond), bound.Limit, bound.Source));
        }

        terminal.Screen.Write(quotas);
        terminal.Screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"A single stream takes up to {Quotas.HottestStream(load, prices, region):N0} events/s (DynamoDB's partition, {load.WriteUnits} write units an event)."));
        terminal.Screen.WriteLine($"Prices are those of {prices.PricesOf}, {prices.Date}{(region == prices.PricesOf ? "" : $"; those of {region} differ")}. Second-hand: {string.Join(", ", prices.Prices.Where(pair => pair.Price.SecondHand).Select(pair => pair.Name))}.");
        terminal.Screen.WriteLine("Not in it: the consumer (one invocation and its own writes an event), data transfer, CloudWatch, KMS.");
    }

    private void WriteSavings(Workload load)
    {
        var table = Table("step by step", "USD a month", "saves");
        double? before = null;
        foreach (var (name, step) in Steps(load))
        {
            var total = new Bill(step, prices).Total;
            table.AddRow(Cells(name, Money(total), before is { } was ? Money(was - total) : ""));
            before = total;
        }

        terminal.Screen.Write(table);
    }

    private void WriteJson(Workload load, string region)
    {
        using (var json = new Utf8JsonWriter(terminal.Output))
        {
            json.WriteStartObject();
            json.WriteString("pricesOf", prices.PricesOf);
            json.WriteString("date", prices.Date);
            json.WriteStartArray("services");
            foreach (var line in new Bill(load, prices).Lines)
            {
                json.WriteStartObject();
                json.WriteString("service", line.Service);
                json.WriteNumber("million", line.Requests);
                json.WriteNumber("gb", line.Gb);
                json.WriteNumber("usd", Math.Round(line.Usd, 2));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteNumber("usd", Math.Round(new Bill(load, prices).Total, 2));
            json.WriteStartObject("steps");
            foreach (var (name, step) in Steps(load))
            {
                json.WriteNumber(name, Math.Round(new Bill(step, prices).Total, 2));
            }

            json.WriteEndObject();
            json.WriteStartArray("quotas");
            foreach (var bound in Quotas.Bounds(load, prices, region))
            {
                json.WriteStartObject();
                json.WriteString("stage", bound.Stage);
                json.WriteNumber("eventsPerSecond", bound.EventsPerSecond);
                json.WriteString("limit", bound.Limit);
                json.WriteString("source", bound.Source);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        terminal.Output.WriteByte((byte)'\n');
    }

    private static Table Table(params string[] columns) => new Table { Border = TableBorder.Simple }.AddColumns(columns);

    private static Text[] Cells(params string[] cells) => [.. cells.Select(cell => new Text(cell))];

    private static string Number(double value) => value.ToString(value < 100 ? "N2" : "N0", CultureInfo.InvariantCulture);

    private static string Money(double value) => value.ToString("N2", CultureInfo.InvariantCulture);
}
