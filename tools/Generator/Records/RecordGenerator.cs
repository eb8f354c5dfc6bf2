using DataToEvents.Generator.Records.Families;

namespace DataToEvents.Generator.Records;

/// <summary>
/// Makes demo records. A record is a pure function of the options and its index: the same bytes always, asked for in any order,
/// from any thread.
/// </summary>
public sealed class RecordGenerator
{
    private static readonly Family[] Known = [new OrderFamily(), new DeviceFamily(), new InventoryFamily(), new SecurityFamily()];

    private readonly RecordOptions _options;
    private readonly Family[] _families;
    private readonly int _intervalMs;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it and what is.</exception>
    public RecordGenerator(RecordOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _families = [.. options.Families.Select(name => Known.Single(family => family.Name == name))];
        _intervalMs = (int)options.Interval.TotalMilliseconds;
    }

    /// <summary>The four families of the default event catalog, in the order in which they take turns.</summary>
    public static IReadOnlyList<string> AllFamilies { get; } = [.. Known.Select(family => family.Name)];

    internal static IReadOnlyList<Family> Described => Known;

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
        var family = _families[number % _families.Length];
        var random = SplitMix64.Of(_options.Seed, number);
        var head = Head(number, ref random);
        var json = scratch.Writer(family.EscapesNonAscii);
        if (_options.CloudEvents)
        {
            CloudEventEnvelope.Write(json, family, head, ref random);
        }
        else
        {
            family.Write(json, head, ref random);
        }

        json.Flush();
    }

    private EventHead Head(long number, ref SplitMix64 random)
    {
        var ofFamily = number / _families.Length;
        var time = _options.Start.AddMilliseconds(checked(number * _intervalMs) + random.Below(_intervalMs));
        var milliseconds = time.ToUnixTimeMilliseconds();
        var idBits = ((UInt128)(ulong)milliseconds << 80) | ((UInt128)(random.Next() & 0xFFFF) << 64) | random.Next();
        return new EventHead(
            (int)(ofFamily % _options.StreamsPerFamily), ofFamily / _options.StreamsPerFamily + 1,
            DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime, idBits, ~_options.Seed);
    }
}
