using DataToEvents.Domain.Catalog;

namespace DataToEvents.Generator.Commands;

/// <summary>The options of <c>send</c>.</summary>
internal sealed class SendArguments
{
    private const string Firehose = "firehose";
    private const string Sqs = "sqs";

    private readonly Option<string> _target = Arguments.OneOf("--target", "What is spoken at the other end; sqs queues envelopes past the Transformer", Firehose, Sqs).WithDefault(Firehose);
    private readonly Option<Uri?> _endpoint = Arguments.Endpoint("A local target instead of AWS");
    private readonly Option<string?> _region = new("--region") { Description = "AWS region; the SDK's usual chain without it", HelpName = "REGION" };
    private readonly Option<string> _stream = Arguments.Name("--delivery-stream", "The delivery stream", 64, "'_', '.' or '-'", "--delivery-stream-name").WithDefault("data-events-stream");
    private readonly Option<string> _queue = Arguments.Name("--queue", "The FIFO queue of --target sqs", 80, "'_', '.' or '-'", "--queue-name").WithDefault("data-events-queue.fifo");
    private readonly Option<long?> _count = Arguments.Whole("--count", "Records to send", 1, 1_000_000_000_000).Optional();
    private readonly Option<TimeSpan?> _duration = Arguments.Duration("--duration", "How long to send");

    private readonly Option<double?> _rate = Arguments.RateOrMax("--rate", "Records a second, on a schedule that does not wait for the target; max without it: as fast as the target takes them", 1_000_000);

    private readonly Option<long> _concurrency = Arguments.Whole("--concurrency", "Calls in flight; a stream is in one of them at a time", 1, 64).WithDefault(1);
    private readonly Option<bool> _strictOrder = new("--strict-order") { Description = "Never two records of a stream in one call, whose entries may fail one by one" };
    private readonly Option<string?> _input = Arguments.File("--input", "Own records instead of generated ones, one a line");
    private readonly Option<double?> _duplicates = Arguments.Percent("--duplicates", "Share of records, in per cent, that repeat an earlier one");
    private readonly Option<double?> _poison = Arguments.Percent("--poison", "Share of records, in per cent, that are poison");
    private readonly Option<PoisonKind[]> _poisonKinds = Arguments.Create<PoisonKind[]>("--poison-kinds", "Which poison; all without it", $"of {string.Join(',', PoisonNames.Names)}", ParsePoison);
    private readonly Option<string?> _ledger = new("--ledger") { Description = "A file that gets a line for each event, for `verify`", HelpName = "FILE" };
    private readonly Option<bool> _json = new("--json") { Description = "The summary as one JSON object on standard output, and nothing else there" };
    private readonly Option<EventCatalog?> _catalog = CatalogArgument.Create();
    private readonly RecordArguments _records;

    /// <param name="command">The command that gets the options.</param>
    /// <param name="time">Makes the seed of a run that names none: it brings new events, not duplicates of the last run's.</param>
    public SendArguments(Command command, TimeProvider time)
    {
        _records = new RecordArguments(time.GetUtcNow().ToUnixTimeMilliseconds(), "a new one, which the summary names");
        foreach (var option in new Option[]
        {
            _target, _endpoint, _region, _stream, _queue, _count, _duration, _rate, _concurrency, _strictOrder, _input, _duplicates, _poison, _poisonKinds, _ledger, _json, _catalog,
        })
        {
            command.Options.Add(option);
        }

        _records.AddTo(command);
    }

    public SendOptions Read(ParseResult parsed)
    {
        var kind = parsed.GetValue(_target) == Sqs ? TargetKind.Sqs : TargetKind.Firehose;
        return new SendOptions(
            new SendTarget(kind, parsed.GetValue(_endpoint), parsed.GetRequiredValue(kind == TargetKind.Sqs ? _queue : _stream)) { Region = parsed.GetValue(_region) },
            new SendPlan(parsed.GetValue(_count), parsed.GetValue(_rate), (int)parsed.GetValue(_concurrency), parsed.GetValue(_duration), parsed.GetValue(_strictOrder)),
            _records.Read(parsed),
            new LoadFaults(parsed.GetValue(_duplicates) ?? 0, parsed.GetValue(_poison) ?? 0, parsed.GetValue(_poisonKinds)))
        {
            Input = parsed.GetValue(_input),
            Ledger = parsed.GetValue(_ledger),
            Json = parsed.GetValue(_json),
            Catalog = CatalogArgument.OrShipped(parsed.GetValue(_catalog)),
        };
    }

    /// <summary>Says which options contradict each other; null when they agree.</summary>
    public string? Complaint(ParseResult parsed)
    {
        bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        if (IsGiven(_input))
        {
            var foreign = _records.GivenOfMaking(parsed).Concat(new Option[] { _duplicates, _poison, _poisonKinds }.Where(IsGiven).Select(option => option.Name)).FirstOrDefault();
            return foreign is null ? null : $"{foreign} shapes generated records, and --input brings your own; allowed with it: --count, --duration, --rate, --pack.";
        }

        return !IsGiven(_count) && !IsGiven(_duration) ? "--count or --duration is required; allowed: either or both (what ends first counts)."
            : parsed.GetValue(_target) == Sqs && _records.Pack(parsed) > 1 ? "--pack is not allowed with --target sqs, where a message is one event; allowed: 1."
            : IsGiven(_poisonKinds) && !IsGiven(_poison) ? "--poison-kinds needs --poison with a share; allowed: a number from 0 to 100."
            : (parsed.GetValue(_duplicates) ?? 0) + (parsed.GetValue(_poison) ?? 0) > 100 ? "--duplicates and --poison are over 100 together; allowed: up to 100 per cent."
            : _records.Complaint(parsed);
    }

    private static (bool, PoisonKind[]) ParsePoison(string text)
    {
        var kinds = text.Split(',', StringSplitOptions.TrimEntries).Select(PoisonNames.Find).ToArray();
        return (kinds.All(kind => kind is not null), [.. kinds.OfType<PoisonKind>()]);
    }
}
