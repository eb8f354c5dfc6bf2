namespace DataToEvents.Emulator.Delivery;

internal static class TaskCompletionSourceExtensions
{
    /// <summary>
    /// Waits for a source that has no other waiter. Unlike <see cref="Task.WaitAsync(CancellationToken)"/> it never leaves the
    /// caller's context, which keeps a simulated run deterministic.
    /// </summary>
    public static async Task UntilAsync(this TaskCompletionSource source, CancellationToken cancellationToken)
    {
        using (cancellationToken.UnsafeRegister(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), source))
        {
            await source.Task;
        }
    }
}
