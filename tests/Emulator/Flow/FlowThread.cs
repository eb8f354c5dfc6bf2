namespace DataToEvents.Emulator.Tests.Flow;

/// <summary>
/// Runs a test and everything that it starts on one thread, in a fixed order. A test can wait until nothing is left to run, so it
/// can also assert that something has not happened; one that waits in vain fails at once.
/// </summary>
internal sealed class FlowThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _ready = [];
    private readonly Queue<TaskCompletionSource> _settling = [];

    private FlowThread()
    {
    }

    public static void Run(Func<Task> test)
    {
        var before = Current;
        var thread = new FlowThread();
        SetSynchronizationContext(thread);
        try
        {
            var task = test();
            thread.RunUntil(task);
            task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Completes when everything that could run has run.</summary>
    public static Task Settle()
    {
        var settled = new TaskCompletionSource();
        ((FlowThread)Current!)._settling.Enqueue(settled);
        return settled.Task;
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        ReferenceEquals(Current, this).Should().BeTrue("everything runs on the test's thread");
        _ready.Enqueue((d, state));
    }

    private void RunUntil(Task test)
    {
        while (!test.IsCompleted)
        {
            if (_ready.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
            else if (_settling.TryDequeue(out var settled))
            {
                settled.SetResult();
            }
            else
            {
                throw new InvalidOperationException("The test waits for something that will not happen.");
            }
        }
    }
}
