using DataToEvents.Recovery.Replay;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>replay</c>: publishes again what was published before.</summary>
internal sealed class ReplayCommand
{
    private const string Store = "store";
    private const string LakeSource = "lake";
    private const string Archive = "archive";

    private readonly Option<Moment> _from = Arguments.Create<Moment>("--from", "The earliest time of acceptance; of publication for the archive", Moment.Allowed, Moment.Parse);
    private readonly Option<Moment> _to = Arguments.Create<Moment>("--to", "The latest one; now without it", Moment.Allowed, Moment.Parse).WithDefault(Moment.Now);
    private readonly Option<string?> _stream = new("--stream") { Description = "Only events of this stream" };
    private readonly Option<string?> _type = new("--type") { Description = "Only events of this type" };
    private readonly Option<string> _source = Arguments.OneOf(
        "--source", "Where they are read: the table, the lake, or the bus's archive (EventBridge's own replay, by the time of publication)", Store, LakeSource, Archive).WithDefault(Store);

    private readonly Option<string?> _name = Arguments.Create<string?>(
        "--name", "The run's name, which marks the events; a new one without it", "1 to 64 letters, digits, '.', '-' or '_'", static text => (DataEvent.IsReplayName(text), text));

    private ReplayCommand() => _from.Required = true;

    public static Command Create(Runner runner)
    {
        var replay = new ReplayCommand();
        return runner.Change(
            new Command("replay", "Publishes events again, each stream in its order, marked as a replay. Nothing is stored; consumers that did not opt in ignore it.")
            {
                replay._from, replay._to, replay._stream, replay._type, replay._source, replay._name,
            },
            replay.RunAsync);
    }

    private async Task<int> RunAsync(CommandSession session, ParseResult parsed)
    {
        var now = session.Terminal.Time.GetUtcNow();
        var selection = new Selection(parsed.GetValue(_from).Seen(now), parsed.GetValue(_to).Seen(now), parsed.GetValue(_stream), parsed.GetValue(_type));
        var source = parsed.GetRequiredValue(_source);
        Check(selection, source, session.Change);
        var name = parsed.GetValue(_name) ?? now.UtcDateTime.ToString("'replay-'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        session.Printer.Set("replay", name);
        if (session.Change.DryRun && source != Archive)
        {
            var count = await Sources.ReadAsync(session.Services, source == LakeSource, selection, session.Stopping).LongCountAsync(session.Stopping);
            session.Printer.Set("events", count);
            session.Printer.Say($"{Units.Count(count, "event")} would be published.");
        }

        var bus = await session.Services.BusAsync(session.Stopping);
        if (session.Confirm(
            $"Events {(source == Archive ? "published" : "accepted")} {selection}, as the {source} has them, are published again on {session.Services.Names.Bus} at {session.Services.Where},",
            $"marked as replay {name}. Consumers that did not opt in ignore them; nothing is stored again.") is { } exitCode)
        {
            return exitCode;
        }

        return source == Archive
            ? await session.WorkAsync("replay", "completed", tally =>
                new ArchiveReplay(session.Services.Bridge, session.Services.Names, session.Terminal.Time).RunAsync(name, selection, tally, session.Stopping))
            : await session.WorkAsync("event", "published", tally => PublishAsync(session, source, selection, name, bus, tally));
    }

    private static async Task PublishAsync(CommandSession session, string source, Selection selection, string name, BusWriter bus, Tally tally)
    {
        var services = session.Services;
        var pace = new Pace(session.Change.Rate, session.Terminal.Time);
        var replayer = new Replayer(name, await services.Table.DescribeAsync(session.Stopping), bus, pace);
        await replayer.RunAsync(Sources.ReadAsync(services, source == LakeSource, selection, session.Stopping), tally, session.Stopping);
    }

    private static void Check(Selection selection, string source, ChangeOptions change)
    {
        if (selection.From > selection.To)
        {
            throw new UserErrorException("--from is later than --to; allowed: an earlier time.");
        }

        if (source == Archive && (selection.Stream is not null || selection.Type is not null || change.Rate is not null))
        {
            throw new UserErrorException("--stream, --type and --rate do not go with --source archive, which EventBridge plays as a whole and at its own pace; allowed: --source store or lake.");
        }
    }
}
