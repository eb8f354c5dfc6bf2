using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace DataToEvents.Generator.Verification;

/// <summary>Shows a verdict: for people as tables, for machines as JSON.</summary>
internal static class VerdictView
{
    private static readonly (Trouble Trouble, string Name)[] Troubles =
    [
        (Trouble.Lost, "lost"), (Trouble.Doubled, "doubled"), (Trouble.OutOfOrder, "out of order"), (Trouble.Altered, "altered"), (Trouble.SetAside, "set aside"),
    ];

    public static void Write(IAnsiConsole screen, Verdict verdict)
    {
        var counts = Table("what", "count");
        Row(counts, "records accepted", verdict.Records);
        Row(counts, "records refused by the target", verdict.Refused);
        Row(counts, "events", verdict.Events);
        Row(counts, "of them repeated", verdict.Duplicates);
        Row(counts, "effects expected", verdict.Effects);
        foreach (var (hop, found) in verdict.Found)
        {
            Row(counts, $"found in {Name(hop)}", found);
        }

        foreach (var (trouble, name) in Troubles)
        {
            Row(counts, name, verdict.Count(trouble));
        }

        screen.Write(counts);
        WritePlaces(screen, verdict);
        WriteLatencies(screen, verdict);
        WriteFindings(screen, verdict);
    }

    public static void WriteJson(Stream output, Verdict verdict)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("clean", verdict.IsClean);
            json.WriteNumber("records", verdict.Records);
            json.WriteNumber("refused", verdict.Refused);
            json.WriteNumber("events", verdict.Events);
            json.WriteNumber("effects", verdict.Effects);
            json.WriteNumber("duplicates", verdict.Duplicates);
            Write(json, "found", verdict.Found.Select(pair => (pair.Key.ToString().ToLowerInvariant(), pair.Value)));
            Write(json, "poison", verdict.Poison.Select(pair => (pair.Key, pair.Value)));
            Write(json, "poisonSetAside", verdict.PoisonSetAside.Select(pair => (pair.Key, pair.Value)));
            foreach (var (trouble, name) in Troubles)
            {
                var member = trouble == Trouble.OutOfOrder ? "outOfOrder" : trouble == Trouble.SetAside ? "setAside" : name;
                json.WriteNumber(member, verdict.Count(trouble));
                json.WriteStartArray(member + "Named");
                verdict.Named(trouble).ToList().ForEach(json.WriteStringValue);
                json.WriteEndArray();
            }

            json.WriteStartArray("unreadable");
            verdict.Unreadable.ToList().ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteNumber("extraLakeLines", verdict.ExtraLakeLines);
            json.WriteBoolean("ledgerBreaksOff", verdict.LedgerBreaksOff);
            json.WriteStartObject("latencyMs");
            foreach (var (name, latency) in verdict.Latencies)
            {
                Write(json, name[2..], [("p50", latency.Percentile(0.5)), ("p90", latency.Percentile(0.9)), ("p99", latency.Percentile(0.99)), ("max", latency.Max)]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WritePlaces(IAnsiConsole screen, Verdict verdict)
    {
        if (verdict.Poison.Count == 0)
        {
            return;
        }

        var places = Table("poison", "records");
        foreach (var (kind, count) in verdict.Poison)
        {
            Row(places, kind, count);
        }

        foreach (var (place, count) in verdict.PoisonSetAside)
        {
            Row(places, $"set aside in {place}", count);
        }

        screen.Write(places);
    }

    private static void WriteLatencies(IAnsiConsole screen, Verdict verdict)
    {
        var table = Table("hop, ms", "p50", "p90", "p99", "max");
        foreach (var (name, latency) in verdict.Latencies)
        {
            table.AddRow([new Text(name[2..]), .. new[] { latency.Percentile(0.5), latency.Percentile(0.9), latency.Percentile(0.99), latency.Max }.Select(
                value => new Text(value.ToString("N0", CultureInfo.InvariantCulture)))]);
        }

        screen.Write(table);
    }

    private static void WriteFindings(IAnsiConsole screen, Verdict verdict)
    {
        foreach (var (trouble, name) in Troubles)
        {
            foreach (var what in verdict.Named(trouble))
            {
                screen.WriteLine($"{name}: {what}");
            }

            if (verdict.Count(trouble) > verdict.Named(trouble).Count)
            {
                screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {verdict.Count(trouble) - verdict.Named(trouble).Count:N0} more (--named N names more of them)"));
            }
        }

        foreach (var what in verdict.Unreadable)
        {
            screen.WriteLine($"unreadable: {what}");
        }

        if (verdict.ExtraLakeLines > 0)
        {
            screen.WriteLine(string.Create(CultureInfo.InvariantCulture, $"note: the lake has {verdict.ExtraLakeLines:N0} lines more than records were accepted (Firehose delivers at least once, or an earlier run sent the same)"));
        }

        if (verdict.LedgerBreaksOff)
        {
            screen.WriteLine("note: the ledger breaks off, so its run was killed; records may have been accepted that it lacks");
        }

        screen.WriteLine(verdict.IsClean ? "clean: every event is accounted for" : "not clean");
    }

    private static string Name(Hop hop) => hop switch
    {
        Hop.Lake => "the lake",
        Hop.Store => "the store",
        Hop.Bus => "the audit queue",
        _ => "the consumer's view",
    };

    private static Table Table(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        table.AddColumns(columns);
        for (var i = 1; i < columns.Length; i++)
        {
            table.Columns[i].RightAligned();
        }

        return table;
    }

    private static void Row(Table table, string name, long count) => table.AddRow(new Text(name), new Text(count.ToString("N0", CultureInfo.InvariantCulture)));

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Name, long Value)> values) => Write(json, name, values.Select(pair => (pair.Name, (double)pair.Value)));

    private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Name, double Value)> values)
    {
        json.WriteStartObject(name);
        foreach (var (member, value) in values)
        {
            json.WriteNumber(member, value);
        }

        json.WriteEndObject();
    }
}
