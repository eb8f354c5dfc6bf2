using System.Numerics;

namespace DataToEvents.Load;

/// <summary>Latencies in buckets that are at most 1/16 wide (about 6 %), in constant memory; safe to record from any thread.</summary>
public sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubBuckets = 1 << SubBits;

    private readonly long[] _counts = new long[64 * SubBuckets];
    private long _max;

    public void Record(TimeSpan latency)
    {
        var microseconds = Math.Max(0, (long)latency.TotalMicroseconds);
        Interlocked.Increment(ref _counts[Bucket(microseconds)]);
        InterlockedMax(microseconds);
    }

    /// <summary>Milliseconds below which the given share of all latencies lies; 0 when none was recorded.</summary>
    public double Percentile(double share)
    {
        var rank = (long)Math.Ceiling(_counts.Sum() * share);
        var seen = 0L;
        for (var bucket = 0; bucket < _counts.Length && rank > 0; bucket++)
        {
            seen += _counts[bucket];
            if (seen >= rank)
            {
                return Math.Min(UpperBound(bucket), _max) / 1_000.0;
            }
        }

        return 0;
    }

    /// <summary>In milliseconds.</summary>
    public double Max => _max / 1_000.0;

    /// <summary>For each bound, in milliseconds and ascending, how many lie below it and not below the one before; what is above the last counts with it.</summary>
    public long[] Counts(IReadOnlyList<double> bounds)
    {
        var counts = new long[bounds.Count];
        var place = 0;
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            while (place < counts.Length - 1 && UpperBound(bucket) / 1_000.0 > bounds[place])
            {
                place++;
            }

            counts[place] += Volatile.Read(ref _counts[bucket]);
        }

        return counts;
    }

    private static int Bucket(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value | 1) - SubBits);
        return (shift * SubBuckets) + (int)(value >> shift);
    }

    private static long UpperBound(int bucket)
    {
        if (bucket < 2 * SubBuckets)
        {
            return bucket;
        }

        var shift = (bucket / SubBuckets) - 1;
        return ((long)(bucket - (shift * SubBuckets)) + 1 << shift) - 1;
    }

    private void InterlockedMax(long value)
    {
        for (var seen = Volatile.Read(ref _max); value > seen;)
        {
            var was = Interlocked.CompareExchange(ref _max, value, seen);
            if (was == seen)
            {
                return;
            }

            seen = was;
        }
    }
}
