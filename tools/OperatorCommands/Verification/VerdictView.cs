namespace DataToEvents.Operator.Verification;

/// <summary>Shows a verdict to people, as tables.</summary>
internal static class VerdictView
{
    private static readonly (Trouble Trouble, string Name)[] Troubles =
    [
        (Trouble.Lost, "lost"), (Trouble.Doubled, "doubled"), (Trouble.OutOfOrder, "out of order"), (Trouble.Altered, "altered"), (Trouble.SetAside, "set aside"),
    ];

    public static void Write(IAnsiConsole screen, LedgerVerdict verdict)
    {
        var counts = Table("what", "count");
        Row(counts, "records accepted", verdict.Records);
        Row(counts, "records refused by the target", verdict.Refused);
        Row(counts, "events", verdict.Events);
        Row(counts, "of them repeated", verdict.Duplicates);
        Row(counts, "effects expected", verdict.Effects);
        foreach (var (hop, found) in verdict.Found)
        {
            Row(counts, $"found in {Naming.Of(hop)}", found);
        }

        foreach (var (trouble, name) in Troubles)
        {
            Row(counts, name, verdict.Count(trouble));
        }

        Row(counts, "merged", verdict.Merged);

        screen.Write(counts);
        WritePlaces(screen, verdict);
        WriteLatencies(screen, verdict);
        WriteFindings(screen, verdict);
    }

    private static void WritePlaces(IAnsiConsole screen, LedgerVerdict verdict)
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

    private static void WriteLatencies(IAnsiConsole screen, LedgerVerdict verdict)
    {
        var table = Table("hop, ms", "p50", "p90", "p99", "max");
        foreach (var (name, latency) in verdict.Latencies)
        {
            table.AddRow([new Text(name), .. new[] { latency.Percentile(0.5), latency.Percentile(0.9), latency.Percentile(0.99), latency.Max }.Select(
                value => new Text(value.ToString("N0", CultureInfo.InvariantCulture)))]);
        }

        screen.Write(table);
    }

    private static void WriteFindings(IAnsiConsole screen, LedgerVerdict verdict)
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

        foreach (var line in verdict.Unreadable.Select(what => $"unreadable: {what}").Concat(Notes(verdict)))
        {
            screen.WriteLine(line);
        }

        screen.WriteLine(verdict.IsClean ? "clean: every event is accounted for" : "not clean");
    }

    /// <summary>Notes that are no findings.</summary>
    private static IEnumerable<string> Notes(LedgerVerdict verdict)
    {
        if (verdict.Merged > 0)
        {
            yield return $"note: {Count(verdict.Merged)} merged: records without an id, alike in every byte, that arrived in the same millisecond and fell into different batches, are one event (give records an id to keep them apart)";
        }

        if (verdict.ExtraLakeLines > 0)
        {
            yield return $"note: the lake has {Units.Count(verdict.ExtraLakeLines, "line")} more than records were accepted (Firehose delivers at least once, or an earlier run sent the same)";
        }

        if (verdict.HiddenCopies > 0)
        {
            yield return $"note: {Units.Count(verdict.HiddenCopies, "copy", "copies")} in the audit queue cannot be seen (SQS shows only so many at once); no event is called lost because its copy is not there";
        }

        if (verdict.HiddenDeadLetters > 0)
        {
            yield return $"note: {Units.Count(verdict.HiddenDeadLetters, "dead letter")} cannot be seen (SQS shows only the head of a FIFO group); what is called lost may lie there";
        }

        if (verdict.LedgerBreaksOff)
        {
            yield return "note: the ledger breaks off, so its run was killed; records may have been accepted that it lacks";
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

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

    private static void Row(Table table, string name, long count) => table.AddRow(new Text(name), new Text(Count(count)));
}
