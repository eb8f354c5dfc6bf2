namespace DataToEvents.Load.Records;

/// <summary>
/// Chooses the stream of an event of a family, and says which event of the stream it is. Both depend only on the number of the event. Skewed choices are
/// drawn once, for a cycle that then repeats, so that positions are known without counting all events before.
/// </summary>
public sealed class StreamTurns
{
    private const int LeastCycle = 1 << 16;

    private readonly int _streams;
    private readonly (int Stream, int Earlier)[]? _cycle;
    private readonly int[] _inCycle = [];

    /// <param name="streams">At least 1.</param>
    /// <param name="zipf">Exponent; null: in turn.</param>
    /// <param name="seed">Draws the skewed choices.</param>
    public StreamTurns(int streams, double? zipf, long seed)
    {
        _streams = streams;
        if (zipf is { } exponent)
        {
            _inCycle = new int[streams];
            _cycle = Draw(Shares(streams, exponent), seed);
        }
    }

    /// <summary>The position is counted from 1, without gaps.</summary>
    public (int Stream, long Position) At(long ordinal)
    {
        if (_cycle is null)
        {
            return ((int)(ordinal % _streams), (ordinal / _streams) + 1);
        }

        var (stream, earlier) = _cycle[ordinal % _cycle.Length];
        return (stream, (ordinal / _cycle.Length * _inCycle[stream]) + earlier + 1);
    }

    private (int Stream, int Earlier)[] Draw(double[] upTo, long seed)
    {
        var cycle = new (int, int)[Math.Max(LeastCycle, 4 * _streams)];
        for (var i = 0; i < cycle.Length; i++)
        {
            var random = SplitMix64.Of(seed, i);
            var found = Array.BinarySearch(upTo, random.Fraction() * upTo[^1]);
            var stream = Math.Min(found < 0 ? ~found : found, _streams - 1);
            cycle[i] = (stream, _inCycle[stream]++);
        }

        return cycle;
    }

    private static double[] Shares(int streams, double exponent)
    {
        var upTo = new double[streams];
        for (var i = 0; i < streams; i++)
        {
            upTo[i] = (i > 0 ? upTo[i - 1] : 0) + Math.Pow(i + 1, -exponent);
        }

        return upTo;
    }
}
