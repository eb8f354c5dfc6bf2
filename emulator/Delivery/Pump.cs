namespace DataToEvents.Emulator.Delivery;

public static class Pump
{
    /// <summary>Runs pumps side by side until they are stopped. The first fault stops the others and comes out.</summary>
    public static async Task RunAsync(CancellationToken stop, params Func<CancellationToken, Task>[] pumps)
    {
        using var any = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAll(pumps.Select(pump => RunOneAsync(pump, any)));
    }

    private static async Task RunOneAsync(Func<CancellationToken, Task> pump, CancellationTokenSource any)
    {
        try
        {
            await pump(any.Token);
        }
        catch (OperationCanceledException) when (any.IsCancellationRequested)
        {
            // Stopped: what was not finished is in the journal.
        }
        catch
        {
            any.Cancel();
            throw;
        }
    }
}
