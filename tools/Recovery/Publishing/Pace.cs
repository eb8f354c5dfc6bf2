namespace DataToEvents.Recovery.Publishing;

/// <summary>So many a second at most, evenly.</summary>
/// <param name="rate">Null: no limit.</param>
/// <param name="time">The clock.</param>
internal sealed class Pace(double? rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _passed;

    /// <summary>How many to take at once, so that a rate is kept without bursts.</summary>
    public int Portion(int most) => rate is { } limit ? (int)Math.Clamp(limit / 10, 1, most) : most;

    /// <summary>Completes when more may pass.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        if (rate is { } limit)
        {
            var due = TimeSpan.FromSeconds(_passed / limit) - time.GetElapsedTime(_start);
            if (due > TimeSpan.Zero)
            {
                await Task.Delay(due, time, cancellationToken);
            }
        }
    }

    public void Passed(int count) => _passed += count;
}
