namespace DataToEvents.Load;

/// <summary>An even schedule (open loop): number n is due n / rate seconds after the start, however long the ones before it took.</summary>
/// <param name="rate">How many a second; null: no limit.</param>
/// <param name="time">The clock.</param>
public sealed class Pace(double? rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _passed;

    /// <summary>How many to take at once, so that the rate is kept without bursts: at most a tenth of a second's.</summary>
    public int Portion(int most) => rate is { } limit ? (int)Math.Clamp(limit / 10, 1, most) : most;

    /// <summary>How long until a number is due, counted from 0; null when it is due.</summary>
    public TimeSpan? UntilDue(long number) =>
        rate is { } limit && TimeSpan.FromSeconds(number / limit) - time.GetElapsedTime(_start) is var wait && wait > TimeSpan.Zero ? wait : null;

    /// <summary>Completes when more may pass than those that were counted by <see cref="Passed"/>.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken) => UntilDue(_passed) is { } wait ? Task.Delay(wait, time, cancellationToken) : Task.CompletedTask;

    public void Passed(int count) => _passed += count;
}
