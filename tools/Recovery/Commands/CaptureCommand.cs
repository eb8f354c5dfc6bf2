using DataToEvents.Domain.Catalog;
using DataToEvents.Recovery.Events;
using DataToEvents.Recovery.Replay;

namespace DataToEvents.Recovery.Commands;

/// <summary><c>capture</c>: real events as test data, for <c>make run INPUT=</c>.</summary>
internal static class CaptureCommand
{
    private const string Store = "store";
    private const string LakeSource = "lake";
    private const string Keep = "keep";
    private const string Renew = "renew";

    private static readonly Option<Moment> From = Arguments.Create<Moment>("--from", "The earliest time of acceptance", Moment.Allowed, Moment.Parse);
    private static readonly Option<Moment> To = Arguments.Create<Moment>("--to", "The latest one; now without it", Moment.Allowed, Moment.Parse).WithDefault(Moment.Now);
    private static readonly Option<string?> Type = new("--type") { Description = "Only events of this type", HelpName = "TYPE" };
    private static readonly Option<string?> Stream = new("--stream") { Description = "Only events of this stream", HelpName = "STREAM" };
    private static readonly Option<long> Sample = Arguments.Whole("--sample", "One stream of so many, with all of its events", 1, 1_000_000).WithDefault(1);
    private static readonly Option<string> Source = Arguments.OneOf("--source", "Where they are read; the store is read as a whole, unless --stream is given", Store, LakeSource).WithDefault(LakeSource);
    private static readonly Option<string> Ids = Arguments.OneOf("--ids", "keep: a path that has the events takes them for repeats; renew: each gets an id of its own", Keep, Renew).WithDefault(Keep);
    private static readonly Option<EventCatalog?> Mask = CatalogArgument.Create("Hides values as this catalog says; its keyed masks need MASK_KEY", "--mask");

    public static Command Create(Runner runner)
    {
        From.Required = true;
        return runner.Look(
            new Command("capture", "Writes events to standard output, a CloudEvent a line, as records for `make run INPUT=FILE`: real events as test data.") { From, To, Type, Stream, Sample, Source, Ids, Mask },
            RunAsync,
            parsed => parsed.GetValue(Sample) > 1 && parsed.GetValue(Stream) is not null ? "--sample chooses among streams, and --stream names one; allowed: one of them." : null);
    }

    private static async Task<int> RunAsync(CommandSession session, ParseResult parsed)
    {
        if (session.Printer.IsJson)
        {
            throw new UserErrorException("--json does not go with capture, whose lines are JSON; allowed: capture without it.");
        }

        var now = session.Terminal.Time.GetUtcNow();
        var selection = new Selection(parsed.GetValue(From).Seen(now), parsed.GetValue(To).Seen(now), parsed.GetValue(Stream), parsed.GetValue(Type));
        if (selection.From > selection.To)
        {
            throw new UserErrorException("--from is later than --to; allowed: an earlier time.");
        }

        var renewed = parsed.GetValue(Ids) == Renew ? now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) : null;
        var lines = new CaptureLine(session.Services.Bucket, parsed.GetValue(Mask), renewed);
        var (written, left) = (0L, 0L);
        await foreach (var item in Sources.ReadAsync(session.Services, parsed.GetValue(Source) == LakeSource, selection, session.Stopping))
        {
            if (!IsInSample(item.Event.Stream, parsed.GetValue(Sample)))
            {
                continue;
            }

            var (refusal, line) = await lines.WriteAsync(item.Event, session.Stopping);
            if (refusal is null)
            {
                session.Terminal.Output.WriteLine(Encoding.UTF8.GetString(line.Span));
                written++;
            }
            else
            {
                session.Terminal.Complain($"left out: {refusal}");
                left++;
            }
        }

        await session.Terminal.Output.FlushAsync(session.Stopping);
        session.Terminal.Error.WriteLine($"{Units.Count(written, "event")} accepted {selection}{(left > 0 ? $"; {Cells.Text(left)} left out" : "")}.");
        return left == 0 ? ExitCode.Success : ExitCode.Incomplete;
    }

    /// <summary>The same streams each time: a stream comes with all of its events, or not at all.</summary>
    private static bool IsInSample(StreamId stream, long sample) =>
        sample == 1 || BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(stream.Value))) % (ulong)sample == 0;
}
