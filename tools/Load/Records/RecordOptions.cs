namespace DataToEvents.Load.Records;

/// <summary>The options of a <see cref="RecordGenerator"/>. They decide every byte: equal options make equal records.</summary>
public sealed record RecordOptions
{
    /// <summary>The time of the first event when nothing else is asked for: fixed, so that a seed alone reproduces the bytes.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All that the records are drawn from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The families that take turns, event by event, each by its weight; see <see cref="RecordGenerator.AllFamilies"/>.</summary>
    public IReadOnlyList<FamilyShare> Families { get; init; } = [.. RecordGenerator.AllFamilies.Select(name => new FamilyShare(name))];

    /// <summary>Whether each event is wrapped as CloudEvents 1.0 structured JSON, with the id, subject and time that its payload names.</summary>
    public bool CloudEvents { get; init; }

    /// <summary>Events in one record, one a line; 1 to <see cref="MostEventsPerRecord"/>.</summary>
    public int EventsPerRecord { get; init; } = 1;

    /// <summary>Streams of all families together, shared out evenly; null: 50 for each family.</summary>
    public int? Streams { get; init; }

    /// <summary>Exponent of Zipf's law: stream k of a family gets a share of 1/k^s of its events. Null: they visit the streams in turn.</summary>
    public double? ZipfExponent { get; init; }

    /// <summary>Each event is padded up to so many bytes (its envelope not counted); 0: not at all.</summary>
    public int LeastEventBytes { get; init; }

    /// <summary>Share of events, in per cent, that hold characters outside ASCII; null: as the families happen to draw them.</summary>
    public double? NonAsciiPercent { get; init; }

    /// <summary>Time of the first event. It is part of the events' ids: the same seed at another start makes other events, not duplicates.</summary>
    public DateTimeOffset Start { get; init; } = Epoch;

    /// <summary>Mean time between two events, at least 1 ms; 20 ms are the 50 events a second of the demo traffic.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Keeps the largest record well under Firehose's 1,000 KiB.</summary>
    public const int MostEventsPerRecord = 500;

    /// <summary>The payload bytes that fit a record of one event beside its envelope, under Firehose's limit.</summary>
    public const int MostEventBytes = 1_000_000;

    public const int MostStreams = 1_000_000;

    /// <summary>The largest weight of one family. A cycle of turns holds each family as often as it weighs.</summary>
    public const int MostWeight = 1_000;

    public const double MostZipfExponent = 10;

    private const int StreamsOfAFamily = 50;

    internal int StreamsOf(int family) => Streams is { } all
        ? (all / Families.Count) + (family < all % Families.Count ? 1 : 0)
        : StreamsOfAFamily;

    /// <exception cref="ArgumentException">A value is not allowed; the message names it and what is.</exception>
    internal void Validate()
    {
        Require(Families.Count > 0, nameof(Families), "at least one family");
        foreach (var family in Families)
        {
            Require(RecordGenerator.AllFamilies.Contains(family.Name), nameof(Families), $"of {string.Join(", ", RecordGenerator.AllFamilies)}; not '{family.Name}'");
            Require(family.Weight is >= 1 and <= MostWeight, nameof(Families), $"weighted 1 to {MostWeight}");
        }

        Require(Families.Select(family => family.Name).Distinct().Count() == Families.Count, nameof(Families), "each family once");
        Require(EventsPerRecord is >= 1 and <= MostEventsPerRecord, nameof(EventsPerRecord), $"1 to {MostEventsPerRecord}");
        Require(Streams is null || (Streams >= Families.Count && Streams <= MostStreams), nameof(Streams), $"at least one for each family, at most {MostStreams}");
        Require(ZipfExponent is null or (> 0 and <= MostZipfExponent), nameof(ZipfExponent), $"over 0, at most {MostZipfExponent}");
        Require(LeastEventBytes is >= 0 and <= MostEventBytes, nameof(LeastEventBytes), $"0 to {MostEventBytes}");
        Require(NonAsciiPercent is null or (>= 0 and <= 100), nameof(NonAsciiPercent), "0 to 100");
        Require(Interval >= TimeSpan.FromMilliseconds(1), nameof(Interval), "at least 1 ms");
        Require(Start >= DateTimeOffset.UnixEpoch, nameof(Start), "1970 or later");
    }

    private static void Require(bool holds, string name, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} must be {allowed}.");
        }
    }
}
