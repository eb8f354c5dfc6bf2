using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>failed</c>: records that the Transformer did not transform.</summary>
internal static class FailedCommand
{
    private const int MostNamed = 100;

    private static readonly Argument<string[]> Objects = Chosen.Argument();
    private static readonly Argument<string> One = Chosen.One();
    private static readonly Option<long> Limit = Arguments.Whole("--limit", "Objects to read, or records to show", 1, 100_000).WithDefault(100);
    private static readonly Option<string> GroupBy = Arguments.OneOf("--group-by", "Count the records by why they fail", "reason");
    private static readonly Option<EventCatalog?> Catalog = CatalogArgument.Create("The event catalog to try the records with; the path's own without it");
    private static readonly Option<long> UnpackedLimit =
        Arguments.Size("--unpacked-limit", "Bytes that a compressed record may hold, as the Transformer's UNPACKED_LIMIT", 1_000, 1_000_000_000).WithDefault(RecordReader.DefaultUnpackedLimit);

    public static Command Create(Runner runner) => new("failed", "Records that could not be transformed: why, whether they would pass now, and send them in again.")
    {
        runner.Look(new Command("list", "Lists the processing-failed objects, why their records failed, and how many would pass now.") { Limit, GroupBy, Catalog, UnpackedLimit }, ListAsync),
        runner.Look(new Command("show", "Shows the records of one object, decoded, and what would become of each now.") { One, Limit, Catalog, UnpackedLimit }, ShowAsync),
        runner.Change(
            new Command("reingest", "Sends the records in again that would pass now, under the ids that they had. The others stay.") { Objects, Catalog, UnpackedLimit }, ReingestAsync),
    };

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var (trial, catalog) = await TrialAsync(session, parsed);
        var (listing, reasons) = (new Listing("objects", "object", "records", "pass now", "first arrival", "last arrival", "errors", "key"), new FailureReasons());
        var (total, read) = (0L, 0L);
        await foreach (var item in session.Services.Bucket.ListAsync(Prefixes.Failed))
        {
            if (total++ < parsed.GetValue(Limit))
            {
                read++;
                var records = await ReadAsync(session, item);
                var passing = 0L;
                foreach (var record in records)
                {
                    var verdict = await trial.OfAsync(record, session.Stopping);
                    passing += verdict.Outcome == TrialOutcome.Fails ? 0 : 1;
                    reasons.Add(record, verdict, item);
                }

                var errors = records.CountBy(record => record.ErrorCode ?? "unknown").OrderByDescending(error => error.Value).Select(error => $"{error.Key} x{error.Value}");
                listing.Add(
                    item.Handle, (long)records.Count, passing, records.Min(record => (DateTimeOffset?)record.Arrival), records.Max(record => (DateTimeOffset?)record.Arrival),
                    string.Join(", ", errors), item.Key);
            }
        }

        session.Printer.Set("total", total);
        session.Printer.Set("catalog", catalog.Name);
        session.Printer.Show(parsed.GetValue(GroupBy) is null ? listing : reasons.ToListing(), "No record failed.");
        if (read < total)
        {
            session.Printer.Say($"{Cells.Text(read)} of {Units.Count(total, "object")} (--limit).");
        }

        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(CommandSession session, ParseResult parsed)
    {
        var (trial, catalog) = await TrialAsync(session, parsed);
        var records = await ReadAsync(session, await Chosen.ReadOneAsync(session, parsed, One, Prefixes.Failed));
        var listing = new Listing("records", "arrival", "attempts", "error", "message", "now", "reason", "data");
        foreach (var record in records.Take((int)parsed.GetValue(Limit)))
        {
            var verdict = await trial.OfAsync(record, session.Stopping);
            listing.Add(
                record.Arrival, record.Attempts, record.ErrorCode, record.ErrorMessage, verdict.Word, verdict.Reason,
                session.Printer.IsJson ? (JsonNode)new JsonObject { ["bytes"] = record.Data.Length, ["base64"] = Convert.ToBase64String(record.Data) } : record.Preview());
        }

        session.Printer.Set("catalog", catalog.Name);
        session.Printer.Show(listing, "The object is empty.");
        return ExitCode.Success;
    }

    private static async Task<int> ReingestAsync(CommandSession session, ParseResult parsed)
    {
        var services = session.Services;
        var objects = await Chosen.ReadAsync(session, parsed, Objects, Prefixes.Failed);
        if (objects.Count == 0)
        {
            return Chosen.Nothing(session, "reingested", Prefixes.Failed);
        }

        var (trial, (catalog, name)) = await TrialAsync(session, parsed, masks: true);
        if (session.Confirm(
            $"The records of {Chosen.Count(objects)} that would pass now by {name} go into {services.Names.DeliveryStream} at {services.Where} again,",
            "those without ids of their own under the ids that it gives them by their first arrival, so that none has a second effect;",
            "a record that is too large for one answer of the Transformer goes in event by event. The others stay, and are named.",
            $"What was accepted is moved to {Prefixes.Recovered}.") is { } exitCode)
        {
            return exitCode;
        }

        var reingest = new Reingest(
            services.Bucket, trial, services.Records, new RecordIds(catalog, (int)parsed.GetValue(UnpackedLimit), new Lake(services.Bucket)),
            services.Payloads, new Pace(session.Change.Rate, session.Terminal.Time));
        var stay = new List<(StoredObject Item, TriedRecord Record)>();
        var outcome = await session.WorkAsync("record", "reingested", tally => EachAsync(
            objects, async item => stay.AddRange((await reingest.RunAsync(item, tally, session.Stopping)).Select(record => (item, record))), tally));
        ShowThoseThatStay(session, stay);
        return outcome;
    }

    private static void ShowThoseThatStay(CommandSession session, List<(StoredObject Item, TriedRecord Record)> stay)
    {
        session.Printer.Set("staying", (long)stay.Count);
        if (stay.Count == 0)
        {
            return;
        }

        var listing = new Listing("stay", "object", "record", "arrival", "reason");
        foreach (var (item, record) in stay.Take(MostNamed))
        {
            listing.Add(item.Handle, (long)record.Number, record.Record.Arrival, record.Verdict.Reason);
        }

        session.Printer.Show(listing, "");
        if (stay.Count > MostNamed)
        {
            session.Printer.Say($"{Cells.Text((long)MostNamed)} of {Cells.Text((long)stay.Count)} that stay; `failed list --group-by reason` counts all of them.");
        }
    }

    private static async Task<(TransformerTrial Trial, PathCatalog Catalog)> TrialAsync(CommandSession session, ParseResult parsed, bool masks = false)
    {
        var catalog = await PathCatalog.FindAsync(session, parsed, Catalog, masks);
        return (new TransformerTrial(catalog.Catalog, (int)parsed.GetValue(UnpackedLimit), session.Services.Names.Bucket), catalog);
    }

    /// <summary>An object that Firehose did not write is reported, and the others are still worked on.</summary>
    private static async Task EachAsync(List<StoredObject> objects, Func<StoredObject, Task> work, Tally tally)
    {
        foreach (var item in objects)
        {
            try
            {
                await work(item);
            }
            catch (FormatException fault)
            {
                tally.Fail(fault.Message);
            }
        }
    }

    private static async Task<List<FailedRecord>> ReadAsync(CommandSession session, StoredObject item)
    {
        try
        {
            return FailedRecord.ReadAll(await session.Services.Bucket.GetAsync(item.Key, session.Stopping), item.Key);
        }
        catch (FormatException fault)
        {
            session.Terminal.Complain(fault.Message);
            return [];
        }
    }
}
