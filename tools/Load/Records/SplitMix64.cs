namespace DataToEvents.Load.Records;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", 2014). A value of its own rather than
/// <see cref="Random"/>: it costs nothing to start one per event, and its output belongs to this code, not to a runtime version.
/// </summary>
public struct SplitMix64
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state;

    private SplitMix64(ulong state) => _state = state;

    /// <summary>The draws of one (seed, label) pair: unrelated to those of its neighbours.</summary>
    public static SplitMix64 Of(long seed, long label) => new(Mix(Mix((ulong)seed + Golden) ^ Mix((ulong)label + (Golden << 1))));

    public ulong Next() => Mix(_state += Golden);

    /// <summary>0 to <paramref name="bound"/> - 1.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>0 to less than 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public T Pick<T>(ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>True in one of <paramref name="n"/> draws.</summary>
    public bool OneIn(int n) => Below(n) == 0;

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
