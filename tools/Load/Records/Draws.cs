namespace DataToEvents.Load.Records;

/// <summary>Random numbers, a series for each purpose, so that a new draw for one purpose does not change the draws for another.</summary>
public enum DrawnFor
{
    Streams = 1,
    NonAscii,
    Fault,
    Repeated,
    Poison,
}

/// <summary>Draws of a seed, each purpose by itself.</summary>
public static class Draws
{
    public static long Seed(long seed, DrawnFor purpose, int index = 0) => (long)SplitMix64.Of(seed, ~(((long)purpose << 32) | (uint)index)).Next();

    public static SplitMix64 Of(long seed, DrawnFor purpose, long number) => SplitMix64.Of(Seed(seed, purpose), number);

    /// <summary>0 to less than 100.</summary>
    public static double Percent(long seed, DrawnFor purpose, long number)
    {
        var random = Of(seed, purpose, number);
        return random.Fraction() * 100;
    }
}
