using DataToEvents.Load.Records.Families;

namespace DataToEvents.Load.Records;

/// <summary>
/// Makes demo records. A record is a pure function of the options and its index: the same bytes always, asked for in any order,
/// from any thread.
/// </summary>
public sealed class RecordGenerator
{
    private static readonly Family[] Known = [new OrderFamily(), new DeviceFamily(), new InventoryFamily(), new SecurityFamily()];

    private readonly RecordOptions _options;
    private readonly Family[] _families;
    private readonly FamilyTurns _turns;
    private readonly StreamTurns[] _streams;
    private readonly int _intervalMs;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it and what is.</exception>
    public RecordGenerator(RecordOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _families = [.. options.Families.Select(share => Known.Single(family => family.Name == share.Name))];
        _turns = new FamilyTurns(options.Families);
        _streams = [.. _families.Select((_, index) => new StreamTurns(options.StreamsOf(index), options.ZipfExponent, Draws.Seed(options.Seed, DrawnFor.Streams, index)))];
        _intervalMs = (int)options.Interval.TotalMilliseconds;
    }

    /// <summary>The four families of the default event catalog, in the order in which they take turns.</summary>
    public static IReadOnlyList<string> AllFamilies { get; } = [.. Known.Select(family => family.Name)];

    public static IReadOnlyList<Family> Described => Known;

    /// <summary>
    /// Record <paramref name="index"/> (from 0): UTF-8 JSON of one line or, with <see cref="RecordOptions.EventsPerRecord"/> n &gt; 1,
    /// the events n * index to n * index + n - 1, joined by a line feed, without one at the end. The array is the caller's to keep.
    /// </summary>
    public ReadOnlyMemory<byte> Record(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        var scratch = Scratch.ForThisThread();
        for (var i = 0; i < _options.EventsPerRecord; i++)
        {
            if (i > 0)
            {
                scratch.NewLine();
            }

            WriteEvent(scratch, checked(index * _options.EventsPerRecord + i));
        }
        return scratch.ToArray();
    }

    private void WriteEvent(Scratch scratch, long number)
    {
        var (turn, ordinal) = _turns.At(number);
        var family = _families[turn];
        var random = SplitMix64.Of(_options.Seed, number);
        var head = Head(number, _streams[turn].At(ordinal), ref random);
        var json = scratch.Writer(family.EscapesNonAscii, IsAsciiOnly(number));
        if (_options.CloudEvents)
        {
            CloudEventEnvelope.Write(json, family, head, ref random, _options.LeastEventBytes);
        }
        else
        {
            family.Write(json, head, ref random, _options.LeastEventBytes);
        }

        json.Flush();
    }

    private EventHead Head(long number, (int Stream, long Position) place, ref SplitMix64 random)
    {
        var time = _options.Start.AddMilliseconds(checked(number * _intervalMs) + random.Below(_intervalMs));
        var milliseconds = time.ToUnixTimeMilliseconds();
        var idBits = ((UInt128)(ulong)milliseconds << 80) | ((UInt128)(random.Next() & 0xFFFF) << 64) | random.Next();
        return new EventHead(place.Stream, place.Position, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime, idBits, ~_options.Seed);
    }

    private bool IsAsciiOnly(long number) =>
        _options.NonAsciiPercent is { } percent && Draws.Percent(_options.Seed, DrawnFor.NonAscii, number) >= percent;
}
