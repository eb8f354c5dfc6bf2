namespace DataToEvents.Simulation.Machine;

/// <summary>The history of a run: a hash of all events, and lines for people.</summary>
internal sealed class Trace(SimulatedClock clock, TextWriter? lines)
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>FNV-1a over each event's time, place, name and bytes: the same in two runs when they were the same.</summary>
    public ulong Hash { get; private set; } = Offset;

    public long Events { get; private set; }

    /// <summary>Whether anybody reads the lines. If not, they need not be written.</summary>
    public bool HasReader => lines is not null;

    public void Add(string place, string what, ReadOnlySpan<byte> bytes = default)
    {
        Events++;
        Mix(clock.Elapsed.Ticks);
        Mix(place);
        Mix(what);
        foreach (var one in bytes)
        {
            Hash = (Hash ^ one) * Prime;
        }

        lines?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,9:0.000}  {place,-14} {what}"));
    }

    /// <summary>Adds a line for people, which is not hashed.</summary>
    public void Say(string place, string what) =>
        lines?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds,9:0.000}  {place,-14}   {what}"));

    private void Mix(long number)
    {
        for (var i = 0; i < sizeof(long); i++, number >>= 8)
        {
            Hash = (Hash ^ (byte)number) * Prime;
        }
    }

    private void Mix(string text)
    {
        foreach (var c in text)
        {
            Hash = (Hash ^ c) * Prime;
        }
    }
}
