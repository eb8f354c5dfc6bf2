using System.Text.Encodings.Web;
using System.Text.Json;

namespace DataToEvents.Generator.Verification;

/// <summary>A verdict for machines: one JSON object.</summary>
internal static class VerdictJson
{
    private static readonly (Trouble Trouble, string Name)[] Troubles =
    [
        (Trouble.Lost, "lost"), (Trouble.Doubled, "doubled"), (Trouble.OutOfOrder, "outOfOrder"), (Trouble.Altered, "altered"), (Trouble.SetAside, "setAside"),
    ];

    public static void Write(Stream output, Verdict verdict)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteBoolean("clean", verdict.IsClean);
            WriteCounts(json, verdict);
            foreach (var (trouble, name) in Troubles)
            {
                Write(json, name, verdict.Count(trouble), verdict.Named(trouble));
            }

            Write(json, "merged", verdict.Merged, verdict.MergedNamed);
            Write(json, "unreadable", verdict.Unreadable);
            json.WriteNumber("extraLakeLines", verdict.ExtraLakeLines);
            json.WriteNumber("hiddenDeadLetters", verdict.HiddenDeadLetters);
            json.WriteNumber("hiddenCopies", verdict.HiddenCopies);
            json.WriteBoolean("ledgerBreaksOff", verdict.LedgerBreaksOff);
            json.WriteStartObject("latencyMs");
            foreach (var (hop, latency) in verdict.Latencies)
            {
                Write(json, hop, [("p50", latency.Percentile(0.5)), ("p90", latency.Percentile(0.9)), ("p99", latency.Percentile(0.99)), ("max", latency.Max)]);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteCounts(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteNumber("records", verdict.Records);
        json.WriteNumber("refused", verdict.Refused);
        json.WriteNumber("events", verdict.Events);
        json.WriteNumber("effects", verdict.Effects);
        json.WriteNumber("duplicates", verdict.Duplicates);
        Write(json, "found", verdict.Found.Select(pair => (pair.Key.ToString().ToLowerInvariant(), (double)pair.Value)));
        Write(json, "poison", verdict.Poison.Select(pair => (pair.Key, (double)pair.Value)));
        Write(json, "poisonSetAside", verdict.PoisonSetAside.Select(pair => (pair.Key, (double)pair.Value)));
    }

    private static void Write(Utf8JsonWriter json, string name, long count, IReadOnlyList<string> named)
    {
        json.WriteNumber(name, count);
        Write(json, name + "Named", named);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

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
