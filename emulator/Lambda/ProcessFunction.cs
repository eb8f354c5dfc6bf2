using System.Threading.Channels;

namespace DataToEvents.Emulator.Lambda;

/// <summary>
/// A function that runs as processes of its own, over the Lambda Runtime API, as its executable runs on Lambda. A process that ends
/// or takes longer than the timeout fails its invocation and is replaced. Processes do not outlive this host: disposing kills them. If
/// the host itself is killed, the kernel kills them (on Linux), and a runtime ends because its Runtime API is gone.
/// </summary>
public sealed class ProcessFunction : IInvocable, IAsyncDisposable
{
    private readonly FunctionInstance[] _instances;
    private readonly Channel<FunctionInstance> _idle = Channel.CreateUnbounded<FunctionInstance>();
    private readonly CancellationTokenSource _stop = new();

    private ProcessFunction(FunctionOptions function, ProcessOptions options, FunctionHost host)
    {
        Name = function.Name;
        _instances = [.. Enumerable.Range(0, options.Instances).Select(_ => new FunctionInstance(function, options, host))];
        Array.ForEach(_instances, Release);
    }

    public string Name { get; }

    internal IEnumerable<int> ProcessIds => _instances.Select(instance => instance.ProcessId).OfType<int>();

    /// <summary>Starts all instances and waits until each asks for its first invocation.</summary>
    /// <exception cref="FunctionInitException">An instance did not start; the message has its error and its last output.</exception>
    public static async Task<ProcessFunction> StartAsync(
        FunctionOptions function, ProcessOptions options, FunctionHost host, CancellationToken cancellationToken = default)
    {
        var started = new ProcessFunction(function, options, host);
        try
        {
            await Task.WhenAll(started._instances.Select(instance => instance.StartAsync(cancellationToken)));
            return started;
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

    /// <inheritdoc/>
    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        var instance = await _idle.Reader.ReadAsync(either.Token);
        try
        {
            return await instance.InvokeAsync(payload, traceHeader, either.Token);
        }
        finally
        {
            Release(instance);
        }
    }

    /// <summary>Kills one of the processes, as a crash would; the invocation that it runs fails, and the next one starts another process.</summary>
    public void Kill(Random random)
    {
        var instance = _instances[random.Next(_instances.Length)];
        (Array.Find(_instances, static instance => instance.IsBusy) ?? instance).Kill();
    }

    /// <summary>Gives invocations up and kills the processes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        for (var i = 0; i < _instances.Length; i++)
        {
            // Each instance becomes idle once its invocation has been given up.
            var instance = await _idle.Reader.ReadAsync();
            await instance.DisposeAsync();
        }

        _stop.Dispose();
    }

    private void Release(FunctionInstance instance) => _idle.Writer.TryWrite(instance);
}
