using DataToEvents.Recovery.Reporting;

namespace DataToEvents.Operator.Verification;

/// <summary>Writes a verdict for machines, as members of the command's JSON object.</summary>
internal static class VerdictJson
{
    private static readonly (Trouble Trouble, string Name)[] Troubles =
    [
        (Trouble.Lost, "lost"), (Trouble.Doubled, "doubled"), (Trouble.OutOfOrder, "outOfOrder"), (Trouble.Altered, "altered"), (Trouble.SetAside, "setAside"),
    ];

    public static void Write(Printer printer, LedgerVerdict verdict)
    {
        printer.Set("clean", verdict.IsClean);
        printer.Set("records", verdict.Records);
        printer.Set("refused", verdict.Refused);
        printer.Set("events", verdict.Events);
        printer.Set("effects", verdict.Effects);
        printer.Set("duplicates", verdict.Duplicates);
        printer.Set("found", Members(verdict.Found, hop => hop.ToString().ToLowerInvariant()));
        printer.Set("poison", Members(verdict.Poison, kind => kind));
        printer.Set("poisonSetAside", Members(verdict.PoisonSetAside, place => place));
        foreach (var (trouble, name) in Troubles)
        {
            Write(printer, name, verdict.Count(trouble), verdict.Named(trouble));
        }

        Write(printer, "merged", verdict.Merged, verdict.MergedNamed);
        printer.Set("unreadable", Texts(verdict.Unreadable));
        printer.Set("extraLakeLines", verdict.ExtraLakeLines);
        printer.Set("hiddenDeadLetters", verdict.HiddenDeadLetters);
        printer.Set("hiddenCopies", verdict.HiddenCopies);
        printer.Set("ledgerBreaksOff", verdict.LedgerBreaksOff);
        printer.Set("latencyMs", new JsonObject(verdict.Latencies.Select(hop => KeyValuePair.Create<string, JsonNode?>(hop.Hop, new JsonObject
        {
            ["p50"] = hop.Latency.Percentile(0.5),
            ["p90"] = hop.Latency.Percentile(0.9),
            ["p99"] = hop.Latency.Percentile(0.99),
            ["max"] = hop.Latency.Max,
        }))));
    }

    private static void Write(Printer printer, string name, long count, IReadOnlyList<string> named)
    {
        printer.Set(name, count);
        printer.Set(name + "Named", Texts(named));
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static JsonObject Members<TKey>(IEnumerable<KeyValuePair<TKey, long>> counts, Func<TKey, string> name) =>
        new(counts.Select(pair => KeyValuePair.Create<string, JsonNode?>(name(pair.Key), pair.Value)));
}
