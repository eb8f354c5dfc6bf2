namespace DataToEvents.Emulator.Buses;

/// <summary>A bus of an account with the rules that clients make on it.</summary>
/// <param name="bus">The bus.</param>
/// <param name="rules">The rules that clients make.</param>
public sealed class AccountBus(EventBus bus, RuleBook rules) : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private int _isRunning;

    public EventBus Bus => bus;

    public RuleBook Rules => rules;

    /// <summary>When a client made it; null: the program made it.</summary>
    public DateTimeOffset? Created { get; internal init; }

    /// <summary>The client's description; null: none.</summary>
    public string? Description { get; internal init; }

    /// <summary>Whether a client made it.</summary>
    public bool IsOfClient => Created is not null;

    public void Dispose()
    {
        bus.Dispose();
        rules.Dispose();
        _stop.Dispose();
    }

    /// <returns>False when it runs already.</returns>
    internal bool Begins() => Interlocked.Exchange(ref _isRunning, 1) == 0;

    internal void Stop() => _stop.Cancel();

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        await bus.RunAsync(either.Token);
    }
}
