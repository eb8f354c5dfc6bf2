namespace DataToEvents.Emulator.Delivery;

/// <summary>Loops that run side by side until they are stopped. The first fault of one stops the others. A loop that ends by itself stops nothing.</summary>
public sealed class Pumps : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _ended;

    /// <summary>Starts the loops in the caller's context, one after the other.</summary>
    /// <param name="loops">Each runs until its token is cancelled. The cancellation that then comes out of it is a normal end.</param>
    /// <param name="stop">Stops them too.</param>
    public Pumps(IEnumerable<Func<CancellationToken, Task>> loops, CancellationToken stop = default)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
        _ended = RunAllAsync(loops);
    }

    /// <summary>Fails with the first fault, perhaps before the other loops have ended. Without a fault it completes when all loops have ended.</summary>
    public Task Stopped => _stopped.Task;

    /// <summary>Runs loops until they have ended.</summary>
    /// <exception cref="Exception">The first fault of a loop. All loops have ended then.</exception>
    public static async Task RunAsync(CancellationToken stop, params IEnumerable<Func<CancellationToken, Task>> loops)
    {
        using var pumps = new Pumps(loops, stop);
        await pumps._ended;
        await pumps.Stopped;
    }

    /// <summary>Stops the loops and waits until all have ended. A fault comes out of <see cref="Stopped"/> only.</summary>
    public Task StopAsync()
    {
#pragma warning disable CA1849 // CancelAsync would leave the caller's context.
        _stop.Cancel();
#pragma warning restore CA1849
        return _ended;
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAllAsync(IEnumerable<Func<CancellationToken, Task>> loops)
    {
        await Task.WhenAll(loops.Select(RunOneAsync));
        _stopped.TrySetResult();
    }

    private async Task RunOneAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped: what was not finished is on disk.
        }
#pragma warning disable CA1031 // Not swallowed: it comes out of Stopped.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _stopped.TrySetException(fault);
            _stop.Cancel();
        }
    }
}
