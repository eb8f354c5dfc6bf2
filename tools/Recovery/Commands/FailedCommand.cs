using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.Failed;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>failed</c>: records that the Transformer did not transform.</summary>
internal static class FailedCommand
{
    private static readonly Argument<string[]> Objects = Chosen.Argument();
    private static readonly Argument<string> One = Chosen.One();
    private static readonly Option<long> Limit = Arguments.Whole("--limit", "Objects to read, or records to show", 1, 100_000).WithDefault(100);
    private static readonly Option<EventCatalog?> Catalog = CatalogArgument.Create();

    public static Command Create(Runner runner) => new("failed", "Records that could not be transformed: look at them and send them in again.")
    {
        runner.Look(new Command("list", "Lists the processing-failed objects and why their records failed.") { Limit }, ListAsync),
        runner.Look(new Command("show", "Shows the records of one object, decoded.") { One, Limit }, ShowAsync),
        runner.Change(new Command("reingest", "Sends the records in again, under the ids that they had.") { Objects, Catalog }, ReingestAsync),
    };

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var listing = new Listing("objects", "object", "records", "first arrival", "last arrival", "errors", "key");
        var total = 0L;
        await foreach (var item in session.Services.Bucket.ListAsync(Prefixes.Failed))
        {
            if (total++ < parsed.GetValue(Limit))
            {
                var records = await ReadAsync(session, item);
                var errors = records.CountBy(record => record.ErrorCode ?? "unknown").OrderByDescending(error => error.Value).Select(error => $"{error.Key} x{error.Value}");
                listing.Add(
                    item.Handle, (long)records.Count, records.Min(record => (DateTimeOffset?)record.Arrival), records.Max(record => (DateTimeOffset?)record.Arrival),
                    string.Join(", ", errors), item.Key);
            }
        }

        session.Printer.Set("total", total);
        session.Printer.Show(listing, "No record failed.");
        if (listing.Rows.Count < total)
        {
            session.Printer.Say($"{Cells.Text((long)listing.Rows.Count)} of {Cells.Text(total)} objects (--limit).");
        }

        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(CommandSession session, ParseResult parsed)
    {
        var records = await ReadAsync(session, await Chosen.ReadOneAsync(session, parsed, One, Prefixes.Failed));
        var listing = new Listing("records", "arrival", "attempts", "error", "message", "data");
        foreach (var record in records.Take((int)parsed.GetValue(Limit)))
        {
            listing.Add(
                record.Arrival, record.Attempts, record.ErrorCode, record.ErrorMessage,
                session.Printer.IsJson ? (JsonNode)new JsonObject { ["bytes"] = record.Data.Length, ["base64"] = Convert.ToBase64String(record.Data) } : record.Preview());
        }

        session.Printer.Show(listing, "The object is empty.");
        return ExitCode.Success;
    }

    private static async Task<int> ReingestAsync(CommandSession session, ParseResult parsed)
    {
        var (services, catalog) = (session.Services, CatalogArgument.OrShipped(parsed.GetValue(Catalog)));
        var objects = await Chosen.ReadAsync(session, parsed, Objects, Prefixes.Failed);
        if (objects.Count == 0)
        {
            return Chosen.Nothing(session, "reingested", Prefixes.Failed);
        }

        if (session.Confirm(
            $"The records of {Chosen.Count(objects)} go into {services.Names.DeliveryStream} at {services.Where} again,",
            $"those without ids of their own under the ids that {(parsed.GetResult(Catalog) is { Tokens: [var file] } ? Path.GetFileName(file.Value) : "the shipped catalog")} gives them by their first arrival, so that none has a second effect.",
            $"Each object is moved to {Prefixes.Recovered} when all of its records are accepted.") is { } exitCode)
        {
            return exitCode;
        }

        var reingest = new Reingest(
            services.Bucket, services.Records, new RecordIds(catalog, new Lake(services.Bucket)),
            services.Payloads, new Pace(session.Change.Rate, session.Terminal.Time));
        return await session.WorkAsync("record", "reingested", tally => EachAsync(objects, item => reingest.RunAsync(item, tally, session.Stopping), tally));
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
