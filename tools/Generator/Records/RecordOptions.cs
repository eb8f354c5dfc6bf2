namespace DataToEvents.Generator.Records;

/// <summary>What decides every byte that a <see cref="RecordGenerator"/> makes; two equal options make equal records.</summary>
public sealed record RecordOptions
{
    /// <summary>The time of the first event when nothing else is asked for: fixed, so that a seed alone reproduces the bytes.</summary>
    public static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>All that the records are drawn from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The families that take turns, event by event; see <see cref="RecordGenerator.AllFamilies"/>.</summary>
    public IReadOnlyList<string> Families { get; init; } = RecordGenerator.AllFamilies;

    /// <summary>Whether each event is wrapped as CloudEvents 1.0 structured JSON, with the id, subject and time that its payload names.</summary>
    public bool CloudEvents { get; init; }

    /// <summary>Events in one record, one a line; 1 to <see cref="MostEventsPerRecord"/>.</summary>
    public int EventsPerRecord { get; init; } = 1;

    /// <summary>Streams of each family, at least 1; the events of a family visit them in turn.</summary>
    public int StreamsPerFamily { get; init; } = 50;

    /// <summary>Time of the first event. It is part of the events' ids: the same seed at another start makes other events, not duplicates.</summary>
    public DateTimeOffset Start { get; init; } = Epoch;

    /// <summary>Mean time between two events, at least 1 ms; 20 ms are the 50 events a second of the demo traffic.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Keeps the largest record well under Firehose's 1,000 KiB.</summary>
    public const int MostEventsPerRecord = 500;

    /// <exception cref="ArgumentException">A value is not allowed; the message names it and what is.</exception>
    internal void Validate()
    {
        Require(Families.Count > 0, nameof(Families), "at least one family");
        foreach (var family in Families)
        {
            Require(RecordGenerator.AllFamilies.Contains(family), nameof(Families), $"of {string.Join(", ", RecordGenerator.AllFamilies)}; not '{family}'");
        }

        Require(Families.Distinct().Count() == Families.Count, nameof(Families), "each family once");
        Require(EventsPerRecord is >= 1 and <= MostEventsPerRecord, nameof(EventsPerRecord), $"1 to {MostEventsPerRecord}");
        Require(StreamsPerFamily >= 1, nameof(StreamsPerFamily), "at least 1");
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
