using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.DeadLetters;
using DataToEvents.Recovery.Events;
using DataToEvents.Recovery.Replay;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>events</c>: what happened to one event, the events of a stream, and events as they are stored.</summary>
internal static class EventsCommand
{
    private const string Store = "store";
    private const string LakeSource = "lake";

    private static readonly TimeSpan LakeBackwards = TimeSpan.FromHours(2);

    private static readonly TimeSpan ArchiveTime = TimeSpan.FromMinutes(1);

    private static readonly Argument<string> Id = new("id") { Description = "The event's id" };
    private static readonly Option<string?> OfStream = new("--stream") { Description = "The event's stream: finds it in the store where no consumer has it", HelpName = "STREAM" };
    private static readonly Option<string> Stream = new("--stream") { Description = "The stream", Required = true, HelpName = "STREAM" };
    private static readonly Option<string?> OnlyStream = new("--stream") { Description = "Only events of this stream", HelpName = "STREAM" };
    private static readonly Option<string?> OnlyType = new("--type") { Description = "Only events of this type", HelpName = "TYPE" };
    private static readonly Option<Moment> From = Arguments.Create<Moment>("--from", "The earliest time of acceptance; two hours ago without it", Moment.Allowed, Moment.Parse).WithDefault(new Moment(null, LakeBackwards));
    private static readonly Option<Moment> FirstOn = Arguments.Create<Moment>("--from", "The earliest time of acceptance; all without it", Moment.Allowed, Moment.Parse).WithDefault(new Moment(DateTimeOffset.MinValue, default));
    private static readonly Option<Moment> To = Arguments.Create<Moment>("--to", "The latest one; now without it", Moment.Allowed, Moment.Parse).WithDefault(Moment.Now);
    private static readonly Option<string> Source = Arguments.OneOf("--source", "Where they are read; the lake needs --from", Store, LakeSource).WithDefault(Store);
    private static readonly Option<long> Limit = Arguments.Whole("--limit", "The last so many events", 1, 100_000).WithDefault(100);
    private static readonly Option<long> Count = Arguments.Whole("--count", "End after so many events; without it at Ctrl-C", 1, long.MaxValue).WithDefault(long.MaxValue);
    private static readonly Option<EventCatalog?> Catalog = CatalogArgument.Create("The event catalog by which failed records are read; the path's own without it");

    private static readonly Option<bool> Archive = new("--with-archive") { Description = "Look into the bus's archive too: it is played to the audit rule alone, and its queue is read. The minute after the event was stored, or --from to --to" };
    private static readonly Option<string> AuditRule = new("--audit-rule") { Description = "The rule that copies every event of the bus", DefaultValueFactory = static _ => Common.Names.AuditRule, HelpName = "NAME" };
    private static readonly Option<string> AuditQueue = new("--audit-queue") { Description = "The queue of that rule", DefaultValueFactory = static _ => Common.Names.AuditQueue, HelpName = "NAME" };

    public static Command Create(Runner runner) => new("events", "Events: what happened to one, those of a stream, and those that are being stored.")
    {
        runner.Look(new Command("get", "Says what happened to an event: each place where it was seen, and its bytes. Ends with 1 if it was seen nowhere.") { Id, OfStream, From, To, Catalog, Archive, AuditRule, AuditQueue }, GetAsync),
        runner.Look(new Command("list", "Lists a stream's events in their order.") { Stream, FirstOn, To, Source, Limit }, ListAsync),
        runner.Look(new Command("tail", "Shows events as they are stored, until Ctrl-C.") { OnlyType, OnlyStream, Count }, TailAsync),
    };

    private static async Task<int> GetAsync(CommandSession session, ParseResult parsed)
    {
        if (!EventId.IsValid(parsed.GetValue(Id)))
        {
            throw new UserErrorException($"'{parsed.GetValue(Id)}' is no id of an event; allowed: 1 to {EventId.MaxBytes} bytes without control characters.");
        }

        var (services, id, now) = (session.Services, new EventId(parsed.GetRequiredValue(Id)), session.Terminal.Time.GetUtcNow());
        var aside = new AsideSearch(services, (await PathCatalog.FindAsync(session, parsed, Catalog, masks: false)).Catalog, id, session.Stopping);
        var (from, to) = (parsed.GetValue(From).Seen(now), parsed.GetValue(To).Seen(now));
        var sightings = await new EventSearch(services, id, session.Stopping).RunAsync(parsed.GetValue(OfStream), aside, from, to);
        if (parsed.GetValue(Archive))
        {
            sightings.AddRange(await InArchiveAsync(session, parsed, id, sightings, from, to));
        }

        var traces = EventTrace.Of(sightings, services.Names);
        session.Printer.Set("id", id.Value);
        var queue = traces.Count == 0 ? null : await services.QueueDepthAsync(session.Stopping);
        session.Printer.Set("events", new JsonArray([.. traces.Select(trace => Json(trace, queue!))]));
        session.Printer.Set("unread", new JsonArray([.. aside.Unread.Select(place => (JsonNode)place)]));
        if (!session.Printer.IsJson)
        {
            traces.ForEach(trace => Say(session.Printer, trace, queue!));
        }

        aside.Unread.ForEach(place => session.Printer.Say($"Not looked into: {place}."));
        if (traces.Count > 0)
        {
            return ExitCode.Success;
        }

        session.Terminal.Complain(
            $"event '{id}' was seen neither in the view, nor among what was set aside, nor in the lake from {Cells.Text(from)} to {Cells.Text(to)}; it may wait in the delivery stream's buffer; --stream asks the store as well, --from looks further back.");
        return ExitCode.Incomplete;
    }

    private static Task<List<Sighting>> InArchiveAsync(CommandSession session, ParseResult parsed, EventId id, List<Sighting> seen, DateTimeOffset from, DateTimeOffset to)
    {
        // An event is published soon after it was stored.
        var stored = seen.Where(static sighting => sighting.Hop == PathHop.Store).Max(static sighting => sighting.At);
        var isGiven = stored is null || parsed.GetResult(From) is { Implicit: false } || parsed.GetResult(To) is { Implicit: false };
        var (first, last) = isGiven ? (from, to) : (stored!.Value, stored.Value + ArchiveTime);
        return new ArchiveSearch(session.Services, (parsed.GetRequiredValue(AuditRule), parsed.GetRequiredValue(AuditQueue)), session.Stopping).FindAsync(id, first, last);
    }

    private static void Say(Printer printer, EventTrace trace, QueueDepth queue)
    {
        var item = trace.Event;
        printer.Say($"event {Cells.Text(item.Id.Value)} of {Cells.Text(item.Source)}, {Cells.Text(item.Type)}, stream {Cells.Text(item.Stream.Value)}");
        printer.Say(trace.State(queue));
        printer.Say("");
        var listing = new Listing("journey", "hop", "at", "place", "note");
        foreach (var sighting in trace.Sightings)
        {
            listing.Add(sighting.Hop.Text(), sighting.At, sighting.Place, sighting.Note);
        }

        printer.Show(listing, "");
        printer.Say("");
        printer.Say(Cells.Text(Encoding.UTF8.GetString(item.Envelope.Span)));
        printer.Say("");
    }

    private static JsonObject Json(EventTrace trace, QueueDepth queue) => new()
    {
        ["stream"] = trace.Event.Stream.Value,
        ["source"] = trace.Event.Source,
        ["type"] = trace.Event.Type,
        ["state"] = trace.State(queue),
        ["journey"] = new JsonArray([.. trace.Sightings.Select(sighting => new JsonObject
        {
            ["hop"] = sighting.Hop.Text(), ["at"] = Cells.Json(sighting.At), ["place"] = sighting.Place, ["note"] = sighting.Note,
        })]),
        ["envelope"] = Encoding.UTF8.GetString(trace.Event.Envelope.Span),
    };

    private static async Task<int> ListAsync(CommandSession session, ParseResult parsed)
    {
        var now = session.Terminal.Time.GetUtcNow();
        var selection = new Selection(parsed.GetValue(FirstOn).Seen(now), parsed.GetValue(To).Seen(now), parsed.GetValue(Stream), null);
        if (parsed.GetValue(Source) == LakeSource && parsed.GetResult(FirstOn) is not { Implicit: false })
        {
            throw new UserErrorException("--source lake needs --from, because the lake is read hour by hour; allowed: a time, or how long ago, such as 2h.");
        }

        var last = new Queue<StoredEvent>();
        var total = 0L;
        await foreach (var item in Sources.ReadAsync(session.Services, parsed.GetValue(Source) == LakeSource, selection, session.Stopping))
        {
            total++;
            last.Enqueue(item);
            if (last.Count > parsed.GetValue(Limit))
            {
                last.Dequeue();
            }
        }

        var listing = new Listing("events", "sequence", "accepted", "stored", "type", "id", "source", "bytes");
        foreach (var item in last)
        {
            listing.Add(item.Sequence.Length == 0 ? null : item.Sequence, item.Event.AcceptedAt, item.StoredAt, item.Event.Type, item.Event.Id.Value, item.Event.Source, (long)item.Event.Envelope.Length);
        }

        session.Printer.Set("total", total);
        session.Printer.Show(listing, $"The {parsed.GetValue(Source)} has no event of stream {parsed.GetValue(Stream)}{(total == 0 && parsed.GetResult(FirstOn) is { Implicit: false } ? " in that time" : "")}.");
        if (total > last.Count)
        {
            session.Printer.Say($"The last {Cells.Text((long)last.Count)} of {Units.Count(total, "event")}; --limit shows more.");
        }

        return ExitCode.Success;
    }

    private static async Task<int> TailAsync(CommandSession session, ParseResult parsed)
    {
        var (type, stream, left) = (parsed.GetValue(OnlyType), parsed.GetValue(OnlyStream), parsed.GetValue(Count));
        var arn = (await session.Services.Table.DescribeAsync(session.Stopping)).LatestStreamArn;
        if (string.IsNullOrEmpty(arn))
        {
            throw new UserErrorException($"table {session.Services.Names.Table} has no change stream; allowed: the store's table (--table).");
        }

        try
        {
            await foreach (var item in new StreamTail(session.Services.Streams, arn, session.Terminal.Time).ReadAsync(session.Stopping))
            {
                if ((type is not null && item.Type != type) || (stream is not null && item.Stream.Value != stream))
                {
                    continue;
                }

                Tell(session.Printer, item);
                if (--left == 0)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (session.Stopping.IsCancellationRequested)
        {
            // Ctrl-C ends the watching.
        }

        return ExitCode.Success;
    }

    /// <summary>A line for each event; with --json the envelope itself.</summary>
    private static void Tell(Printer printer, DataEvent item)
    {
        if (printer.IsJson)
        {
            printer.Terminal.Output.WriteLine(Encoding.UTF8.GetString(item.Envelope.Span));
        }
        else
        {
            printer.Say($"{Cells.Text(item.AcceptedAt ?? item.OccurredAt)}  {Cells.Text(item.Type)}  {Cells.Text(item.Stream.Value)}  {Cells.Text(item.Id.Value)}  {Units.Count(item.Envelope.Length, "byte")}");
        }
    }
}
