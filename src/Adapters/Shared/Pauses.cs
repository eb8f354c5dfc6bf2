namespace DataToEvents.Adapters.Shared;

/// <summary>A pause between nothing and a bound that doubles with each attempt ("full jitter").</summary>
internal sealed class Pauses(TimeSpan firstBackOff, TimeProvider time, Random random)
{
    public Task AfterAsync(int attempt, CancellationToken cancellationToken) =>
        Task.Delay(random.NextDouble() * firstBackOff * (1 << (attempt - 1)), time, cancellationToken);
}
