namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// Lambda's queue of asynchronous invocations (invocation type Event). An invocation that was taken is on disk until the function has succeeded or Lambda gives it up: after two retries, or
/// after six hours in which the function was throttled. A restart begins its retries anew. Functions have no dead-letter queue and no destinations of their own here: what Lambda gives up is lost.
/// </summary>
/// <param name="database">Holds the invocations.</param>
/// <param name="functions">The functions by name.</param>
/// <param name="clock">The clock of retries.</param>
public sealed class AsyncInvocations(Database database, IReadOnlyDictionary<string, IInvocable> functions, TimeProvider clock) : IDisposable
{
    private const int AtOnce = 64;

    /// <summary>How many invocations may wait for a retry. Beyond that, new ones wait on disk.</summary>
    private const int MaxUnsettled = 10_000;

    private const long ResidentBytes = 16 * 1024 * 1024;
    private const string Throttled = "TooManyRequestsException";

    /// <summary>The pauses before the first and the second retry. Source: AWS Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous invocation".</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)];

    /// <summary>How long Lambda tries a function that is throttled. Source: as above.</summary>
    private static readonly TimeSpan MaxAge = TimeSpan.FromHours(6);

    // Source: as above.
    private readonly BackOff _throttle = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
    private readonly Wake _wake = new(clock);
    private readonly Slots _slots = new(AtOnce);
    private readonly Slots _unsettled = new(MaxUnsettled);
    private DurableQueue? _queue;
    private long _inHand;

    /// <summary>Invocations that have neither succeeded nor been given up.</summary>
    public long Pending => (_queue?.WaitingRows ?? 0) + Interlocked.Read(ref _inHand);

    /// <summary>Opens the queue with what an earlier run left.</summary>
    public async Task OpenAsync()
    {
        _queue ??= await database.InTransactionAsync(connection => DurableQueue.Open(connection, database, "lambda/async", ResidentBytes));
        _wake.Set();
    }

    /// <summary>Takes an invocation; completes when it is durable.</summary>
    /// <param name="function">The function's name.</param>
    /// <param name="payload">The event as UTF-8 JSON; copied.</param>
    /// <exception cref="InvalidOperationException">The queue is not open.</exception>
    public async Task AddAsync(string function, ReadOnlyMemory<byte> payload)
    {
        var queue = _queue ?? throw new InvalidOperationException($"Call {nameof(OpenAsync)} first.");
        await queue.AppendAsync(clock.GetUtcNow().ToUnixTimeMilliseconds(), 1, [.. Encoding.UTF8.GetBytes($"{function}\n"), .. payload.Span]);
        _wake.Set();
    }

    /// <summary>Invokes until cancelled, then waits for the invocations under way.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                await _unsettled.EnterAsync(stop.Token);
                await _slots.EnterAsync(stop.Token);
                running.RemoveAll(static task => task.IsCompletedSuccessfully);
                running.Add(RunOneAsync(await NextAsync(stop.Token), stop));
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops, or an invocation could not be recorded. The exception of such an invocation is thrown below.
        }

        await Task.WhenAll(running);
    }

    public void Dispose() => _wake.Dispose();

    private async Task<DurableRow> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (_queue is { } queue && await queue.TakeAsync(_ => Interlocked.Increment(ref _inHand)) is { } row)
            {
                return row;
            }

            await _wake.SleepAsync(cancellationToken);
        }
    }

    private async Task RunOneAsync(DurableRow row, CancellationTokenSource stop)
    {
        try
        {
            await SettleAsync(row, stop.Token);
            await database.InTransactionAsync(connection => DurableQueue.Remove(connection, row.Id, row.Id));
            Interlocked.Decrement(ref _inHand);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The row stays in the durable queue and is invoked again at the next start.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
        finally
        {
            _unsettled.Leave();
        }
    }

    /// <summary>Invokes the function until it succeeds or is given up. Between two tries others have the slot.</summary>
    private async Task SettleAsync(DurableRow row, CancellationToken cancellationToken)
    {
        var giveUpAt = DateTimeOffset.FromUnixTimeMilliseconds(row.AtMs) + MaxAge;
        var (failures, throttles) = (0, 0);
        while (true)
        {
            var error = await TryAsync(row, cancellationToken);
            if (error is null || (error.Type == Throttled ? clock.GetUtcNow() >= giveUpAt : failures == Pauses.Length))
            {
                return;
            }

            await Task.Delay(error.Type == Throttled ? _throttle.After(++throttles) : Pauses[failures++], clock, cancellationToken);
            await _slots.EnterAsync(cancellationToken);
        }
    }

    /// <returns>Null when the function succeeded, or is gone.</returns>
    private async Task<FunctionError?> TryAsync(DurableRow row, CancellationToken cancellationToken)
    {
        try
        {
            var body = row.Body ?? await database.InTransactionAsync(connection => DurableQueue.Read(connection, row.Id));
            row.Body = null;
            var end = body.AsSpan().IndexOf((byte)'\n');
            return functions.TryGetValue(Encoding.UTF8.GetString(body.AsSpan(0, end)), out var function)
                ? await InvokeAsync(function, body.AsMemory(end + 1), cancellationToken)
                : null;
        }
        finally
        {
            _slots.Leave();
        }
    }

    private static async Task<FunctionError?> InvokeAsync(IInvocable function, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        try
        {
            return (await function.InvokeAsync(payload, cancellationToken)).Error;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return new FunctionError(fault.GetType().Name, fault.Message);
        }
    }
}
