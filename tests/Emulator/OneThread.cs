using System.Collections.Concurrent;

namespace DataToEvents.Emulator.Tests;

/// <summary>
/// Runs asynchronous code on the calling thread alone, as the simulation does: with a database in memory and a fake clock
/// the order of everything is the same in each run.
/// </summary>
internal sealed class OneThread : SynchronizationContext
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _work = [];
    private readonly Queue<TaskCompletionSource> _idle = [];

    public static void Run(Func<Task> work)
    {
        var outer = Current;
        var context = new OneThread();
        SetSynchronizationContext(context);
        try
        {
            context.Pump(work());
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Completes when nothing is left to do but to wait for the clock or for what the test does next.</summary>
    public static Task IdleAsync()
    {
        var idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ((OneThread)Current!)._idle.Enqueue(idle);
        return idle.Task;
    }

    public override void Post(SendOrPostCallback d, object? state) => _work.Add((d, state));

    private void Pump(Task main)
    {
        while (!main.IsCompleted)
        {
            if (_work.Count == 0 && _idle.TryDequeue(out var idle))
            {
                idle.SetResult();
            }

            if (!_work.TryTake(out var next, TimeSpan.FromMinutes(2)))
            {
                throw new TimeoutException("The test waits for something that does not come.");
            }

            next.Callback(next.State);
        }

        main.GetAwaiter().GetResult();
    }
}
