using DataToEvents.Adapters.Formats;
using DataToEvents.Recovery.Quarantine;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>quarantine</c>: events that came under source and id of a stored event with other content.</summary>
internal static class QuarantineCommand
{
    private static readonly Argument<string[]> Objects = Chosen.Argument();
    private static readonly Argument<string> One = Chosen.One();
    private static readonly Option<bool> AllOfThem = new("--all") { Description = "All conflicts" };

    public static Command Create(Runner runner) => new("quarantine", "Conflicting events, same source and id and other content: look at them, store them under an id of their own, or drop them.")
    {
        runner.Look(new Command("list", "Lists the conflicts."), ListAsync),
        runner.Look(new Command("show", "Shows one conflict beside the event that stands.") { One }, ShowAsync),
        runner.Change(new Command("release", "Stores events of their own in their streams, which name the id that they came under.") { Objects, AllOfThem }, ReleaseAsync),
        runner.Change(new Command("drop", "Deletes conflicts for good; the events that stand stay.") { Objects, AllOfThem }, DropAsync, paced: false),
    };

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var listing = new Listing("conflicts", "object", "stream", "event", "type", "accepted", "bytes", "key");
        foreach (var item in await session.Services.Bucket.ChooseAsync([], QuarantineObject.Prefix))
        {
            try
            {
                var conflict = await ReadAsync(session, item);
                listing.Add(
                    item.Handle, conflict.Event.Stream.Value, conflict.Event.Id.Value, conflict.Event.Type,
                    conflict.Event.AcceptedAt ?? item.LastModified, (long)conflict.Event.Envelope.Length, item.Key);
            }
            catch (FormatException fault)
            {
                session.Terminal.Complain(fault.Message);
            }
        }

        session.Printer.Show(listing, "There are no conflicts.");
        return ExitCode.Success;
    }

    private static async Task<int> ShowAsync(CommandSession session, ParseResult parsed)
    {
        ConflictingEvent conflict;
        try
        {
            conflict = await ReadAsync(session, await Chosen.ReadOneAsync(session, parsed, One, QuarantineObject.Prefix));
        }
        catch (FormatException fault)
        {
            throw new UserErrorException($"{fault.Message}; allowed: an object that `list` shows.");
        }

        var stands = await session.Services.Table.FindAsync(conflict.Event.Stream.Value, conflict.Event.Key, session.Stopping);
        session.Printer.Set("stream", conflict.Event.Stream.Value);
        session.Printer.Set("id", conflict.Event.Id.Value);
        session.Printer.Set("source", conflict.Event.Source);
        session.Printer.Set("stands", stands is null ? null : Encoding.UTF8.GetString(stands.Event.Envelope.Span));
        session.Printer.Set("conflicts", Encoding.UTF8.GetString(conflict.Event.Envelope.Span));
        session.Printer.Set("idWhenReleased", conflict.ReleasedId);
        session.Printer.Say($"stream     {conflict.Event.Stream}");
        session.Printer.Say($"event      {conflict.Event.Id}");
        session.Printer.Say($"source     {conflict.Event.Source}");
        session.Printer.Say($"released   {conflict.ReleasedId}");
        session.Printer.Say($"stands     {(stands is null ? "nothing: the stored event is gone" : Cells.Text(Encoding.UTF8.GetString(stands.Event.Envelope.Span)))}");
        session.Printer.Say($"conflicts  {Cells.Text(Encoding.UTF8.GetString(conflict.Event.Envelope.Span))}");
        return ExitCode.Success;
    }

    private static async Task<int> ReleaseAsync(CommandSession session, ParseResult parsed)
    {
        var services = session.Services;
        var objects = await NamedAsync(session, parsed);
        if (objects.Count == 0)
        {
            return Chosen.Nothing(session, "released", QuarantineObject.Prefix);
        }

        if (session.Confirm(
            $"What is in {Chosen.Count(objects)} goes into {services.Names.DeliveryStream} at {services.Where}, each as a new event of its stream:",
            $"its id is the old one and the hash of its content, {ExtensionNames.ConflictsWith} names the old one, all else stays. The event that stands is not touched.",
            $"Each object is moved to {Prefixes.Recovered} when its event is accepted.") is { } exitCode)
        {
            return exitCode;
        }

        var pace = new Pace(session.Change.Rate, session.Terminal.Time);
        return await session.WorkAsync("event", "released", async tally =>
        {
            foreach (var item in objects)
            {
                await pace.ReadyAsync(session.Stopping);
                await ReleaseAsync(session, item, tally);
                pace.Passed(1);
            }
        });
    }

    private static async Task ReleaseAsync(CommandSession session, StoredObject item, Tally tally)
    {
        ConflictingEvent conflict;
        try
        {
            conflict = await ReadAsync(session, item);
        }
        catch (FormatException fault)
        {
            tally.Fail(fault.Message);
            return;
        }

        var result = (await session.Services.Records.PutAsync([new OutgoingRecord(conflict.Event.Stream.Value, conflict.Released())]))[0];
        if (!result.Sent)
        {
            tally.Fail($"{item.Handle}: {result.Reason}");
            return;
        }

        await session.Services.Bucket.RetireAsync(item.Key, CancellationToken.None);
        session.Printer.Say($"{item.Handle}: event {conflict.ReleasedId} of stream {conflict.Event.Stream}");
        tally.Done++;
    }

    private static async Task<int> DropAsync(CommandSession session, ParseResult parsed)
    {
        var objects = await NamedAsync(session, parsed);
        if (objects.Count == 0)
        {
            return Chosen.Nothing(session, "dropped", QuarantineObject.Prefix);
        }

        return session.Confirm($"{Chosen.Count(objects)} of the quarantine at {session.Services.Where} will be deleted for good. The events that stand stay.")
            ?? await session.WorkAsync("conflict", "dropped", async tally =>
            {
                foreach (var item in objects)
                {
                    await session.Services.Bucket.DeleteAsync(item.Key, session.Stopping);
                    session.Printer.Say($"dropped {item.Handle}: {item.Key}");
                    tally.Done++;
                }
            });
    }

    /// <summary>Each conflict needs a decision of its own, so all of them are only taken with --all.</summary>
    private static Task<List<StoredObject>> NamedAsync(CommandSession session, ParseResult parsed) =>
        parsed.GetValue(Objects) is { Length: > 0 } == parsed.GetValue(AllOfThem)
            ? throw new UserErrorException("which conflicts is not said; allowed: handles or keys that `list` shows, or --all.")
            : Chosen.ReadAsync(session, parsed, Objects, QuarantineObject.Prefix);

    private static async Task<ConflictingEvent> ReadAsync(CommandSession session, StoredObject item) =>
        ConflictingEvent.Read(await session.Services.Bucket.GetAsync(item.Key, session.Stopping), item.Key);
}
