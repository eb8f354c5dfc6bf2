namespace DataToEvents.Adapters.Aws;

/// <summary>Pauses before another try: a random part of a bound that doubles with each attempt ("full jitter").</summary>
/// <param name="firstBackOff">The bound of the first pause.</param>
/// <param name="time">The clock that the pauses are measured by.</param>
/// <param name="random">Their length.</param>
public sealed class Pauses(TimeSpan firstBackOff, TimeProvider time, Random random)
{
    /// <param name="attempt">How many attempts have failed, from 1.</param>
    /// <param name="cancellationToken">Ends the pause early.</param>
    public Task AfterAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(random.NextDouble() * firstBackOff * (1 << (attempt - 1)), time, cancellationToken);
}
