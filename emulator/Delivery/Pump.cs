using System.Runtime.ExceptionServices;

namespace DataToEvents.Emulator.Delivery;

/// <summary>Runs loops side by side.</summary>
public static class Pump
{
    /// <summary>
    /// Runs loops until all have ended. The first fault of one stops the others and comes out when they have ended, whatever faults follow from it. A loop that ends by itself
    /// stops nothing.
    /// </summary>
    /// <param name="stop">Stops the loops; that is a normal end.</param>
    /// <param name="loops">Each runs until its token is cancelled. They start in the caller's context, one after the other.</param>
    public static async Task RunAsync(CancellationToken stop, params IEnumerable<Func<CancellationToken, Task>> loops)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop);
        ExceptionDispatchInfo? first = null;
        await Task.WhenAll(loops.Select(RunOneAsync));
        first?.Throw();

        async Task RunOneAsync(Func<CancellationToken, Task> loop)
        {
            try
            {
                await loop(any.Token);
            }
            catch (OperationCanceledException) when (any.IsCancellationRequested)
            {
                // Stopped: what was not finished is on disk.
            }
#pragma warning disable CA1031 // Not swallowed: it is thrown above.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(fault), null);
                any.Cancel();
            }
        }
    }
}
