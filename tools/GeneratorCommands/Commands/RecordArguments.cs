using DataToEvents.Load.Records;

namespace DataToEvents.Generator.Commands;

/// <summary>The options that decide what records are made.</summary>
internal sealed class RecordArguments
{
    private const string None = "none";
    private const string CloudEvents = "cloudevents";
    private const string Zipf = "zipf:";
    private const char Separator = ',';

    private static readonly string AllFamilies = string.Join(Separator, RecordGenerator.AllFamilies);

    private readonly Option<string> _families = Arguments.Create(
        "--families", "Families that take turns, each by its weight, as in order=40,device=60", $"of {AllFamilies}, each once, with a weight of 1 to {RecordOptions.MostWeight} or none",
        text => (Shares(text) is not null, text)).WithDefault(AllFamilies);

    private readonly Option<string> _envelope = Arguments.OneOf("--envelope", "Wraps each event", None, CloudEvents).WithDefault(None);

    private readonly Option<long> _pack = Arguments.Whole("--pack", "Events in a record, one a line", 1, RecordOptions.MostEventsPerRecord).WithDefault(1);

    private readonly Option<long?> _streams = Arguments.Whole("--streams", "Streams of all families together; 50 a family without it", 1, RecordOptions.MostStreams).Optional();

    private readonly Option<double?> _skew = Arguments.Create<double?>(
        "--skew", "How uneven the streams are: hot ones by Zipf's law; in turn without it", FormattableString.Invariant($"zipf:S with S over 0, at most {RecordOptions.MostZipfExponent}"), ParseSkew);

    private readonly Option<long> _size = Arguments.Size("--size", "Pads each event up to so many bytes", 0, RecordOptions.MostEventBytes).WithDefault(0);

    private readonly Option<double?> _nonAscii = Arguments.Percent("--non-ascii", "Share of events, in per cent, that hold characters outside ASCII; as drawn without it");

    private readonly Option<long> _seed;

    /// <param name="defaultSeed">For who gives none.</param>
    /// <param name="aboutDefault">Says in the help where the default comes from.</param>
    public RecordArguments(long defaultSeed, string aboutDefault)
    {
        _seed = Arguments.Whole("--seed", $"The same seed makes the same bytes; without one: {aboutDefault}", long.MinValue, long.MaxValue).WithDefault(defaultSeed);
    }

    /// <summary>Events in a record.</summary>
    public int Pack(ParseResult parsed) => (int)parsed.GetValue(_pack);

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _families, _envelope, _pack, _streams, _skew, _size, _nonAscii, _seed })
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The given options that shape generated records; they mean nothing for a person's own records.</summary>
    public IEnumerable<string> GivenOfMaking(ParseResult parsed) =>
        new Option[] { _families, _envelope, _streams, _skew, _size, _nonAscii, _seed }.Where(option => parsed.GetResult(option) is { Implicit: false }).Select(option => option.Name);

    /// <summary>Says which options contradict each other; null when they agree.</summary>
    public string? Complaint(ParseResult parsed)
    {
        var families = Shares(parsed.GetRequiredValue(_families))!.Length;
        return parsed.GetValue(_streams) is { } streams && streams < families
            ? $"--streams '{streams}' is not allowed; allowed: at least one for each of the {families} families."
            : parsed.GetValue(_size) * parsed.GetValue(_pack) > RecordOptions.MostEventBytes
                ? $"--size and --pack make records of more bytes than Firehose takes; allowed: a product of up to {RecordOptions.MostEventBytes}."
                : null;
    }

    public RecordOptions Read(ParseResult parsed) => new()
    {
        Seed = parsed.GetValue(_seed),
        Families = Shares(parsed.GetRequiredValue(_families))!,
        CloudEvents = parsed.GetValue(_envelope) == CloudEvents,
        EventsPerRecord = Pack(parsed),
        Streams = (int?)parsed.GetValue(_streams),
        ZipfExponent = parsed.GetValue(_skew),
        LeastEventBytes = (int)parsed.GetValue(_size),
        NonAsciiPercent = parsed.GetValue(_nonAscii),
    };

    /// <summary>Returns null if the text does not have the form.</summary>
    private static FamilyShare[]? Shares(string text)
    {
        var shares = new List<FamilyShare>();
        foreach (var part in text.Split(Separator, StringSplitOptions.TrimEntries))
        {
            var (name, weight) = part.Split('=', 2) is [var before, var after] ? (before, after) : (part, "1");
            if (!RecordGenerator.AllFamilies.Contains(name) || shares.Any(share => share.Name == name)
                || !int.TryParse(weight, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > RecordOptions.MostWeight)
            {
                return null;
            }

            shares.Add(new FamilyShare(name, number));
        }

        return [.. shares];
    }

    private static (bool, double?) ParseSkew(string text)
    {
        var isNumber = double.TryParse(text.AsSpan(Math.Min(Zipf.Length, text.Length)), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exponent);
        return (isNumber && text.StartsWith(Zipf, StringComparison.Ordinal) && exponent is > 0 and <= RecordOptions.MostZipfExponent, exponent);
    }
}
