namespace DataToEvents.Generator.Commands;

/// <summary>The latest rates, as a number and as a line of bars.</summary>
internal sealed class RateLine(TimeProvider time)
{
    private const string Bars = "▁▂▃▄▅▆▇█";
    private const int Width = 40;

    private readonly Queue<double> _rates = [];
    private long _at = time.GetTimestamp();
    private long _count;

    /// <param name="count">How many there are by now.</param>
    public (double Now, string Sparkline) Add(long count)
    {
        var seconds = time.GetElapsedTime(_at).TotalSeconds;
        var rate = seconds > 0 ? (count - _count) / seconds : 0;
        (_at, _count) = (time.GetTimestamp(), count);
        _rates.Enqueue(rate);
        if (_rates.Count > Width)
        {
            _rates.Dequeue();
        }

        var top = Math.Max(1, _rates.Max());
        return (rate, string.Concat(_rates.Select(one => Bars[(int)Math.Min(Bars.Length - 1, one / top * Bars.Length)])));
    }
}
