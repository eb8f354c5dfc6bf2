namespace DataToEvents.Simulation.Machine;

/// <summary>
/// Everything of a run happens on one thread, one callback after the other. With <paramref name="shuffle"/> the next one is drawn
/// among all that are ready, as on the thread pool, whose order nobody may rely on; without it they run in the order of posting.
/// </summary>
internal sealed class SimulatedThread(SimulatedClock clock, Random? shuffle) : SynchronizationContext
{
    /// <summary>A run has some ten thousand callbacks. A run with far more of them never ends.</summary>
    private const int MaxCallbacks = 5_000_000;

    private readonly List<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _strayed;
    private int _first;

    public long Callbacks { get; private set; }

    /// <exception cref="SimulationException">The run is stuck, does not end, or has left its thread.</exception>
    public void Run(Func<Task> main)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            var task = main();
            while (!task.IsCompleted)
            {
                Step();
            }

            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }

        ThrowIfStrayed();
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            _strayed = true;
            return;
        }

        _ready.Add((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing here may block.");

    private void Step()
    {
        ThrowIfStrayed();
        if (_first == _ready.Count)
        {
            _ready.Clear();
            _first = 0;
            if (!clock.TryAdvance())
            {
                throw new SimulationException("The run waits for something that never comes.");
            }

            return;
        }

        if (++Callbacks > MaxCallbacks)
        {
            throw new SimulationException($"The run does not end: {MaxCallbacks} callbacks.");
        }

        var next = shuffle is null ? _first : shuffle.Next(_first, _ready.Count);
        var (callback, argument) = _ready[next];
        _ready[next] = _ready[_first];
        _ready[_first++] = default;
        callback(argument);
    }

    private void ThrowIfStrayed()
    {
        if (_strayed)
        {
            throw new SimulationException("A continuation ran on another thread: the run is not a function of its seed.");
        }
    }
}

/// <summary>The run itself failed. It counts as a violation.</summary>
internal sealed class SimulationException(string message) : Exception(message);
