using System.Collections.Concurrent;

namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// Starts processes from one thread that lives as long as this process. Linux sends the signal that <see cref="ProcessEnvironment"/> asks
/// for when the thread that started a process ends, and threads of the pool end at any time.
/// </summary>
internal static class ProcessStarter
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Queue = Run();

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((info, started));
        return started.Task;
    }

    private static BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Run()
    {
        var queue = new BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)>();
        new Thread(() => StartAll(queue)) { Name = "process starter", IsBackground = true }.Start();
        return queue;
    }

    private static void StartAll(BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> queue)
    {
        foreach (var (info, started) in queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
#pragma warning disable CA1031 // Not swallowed: the task has it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                started.SetException(fault);
            }
        }
    }
}
