namespace DataToEvents.Emulator.Lambda;

/// <summary>An instance of a function: it has one process at a time. As on Lambda, an invocation finds the process warm or starts it, and an error of the start is its answer.</summary>
internal sealed class FunctionInstance(FunctionOptions function, ProcessOptions options, FunctionHost host) : IAsyncDisposable
{
    private readonly BackOff _backOff = new(options.BackOff, options.MaxBackOff);
    private FunctionProcess? _process;

    /// <summary>Starts since the last answer.</summary>
    private int _starts;

    public int? ProcessId => _process?.Id;

    public bool IsBusy { get; private set; }

    public void Kill() => _process?.Kill();

    /// <exception cref="FunctionInitException">The process did not start.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_process is { HasEnded: true })
        {
            await StopAsync();
        }

        if (_process is not null)
        {
            return;
        }

        await Task.Delay(_backOff.After(_starts), host.Clock, cancellationToken);
        _starts++;
        _process = await FunctionProcess.StartAsync(function, options, host, cancellationToken);
    }

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        try
        {
            await StartAsync(cancellationToken);
        }
        catch (FunctionInitException fault)
        {
            host.Log?.Write(function.Name, fault.Message);
            return InvocationResult.Failure(fault.Error.Type, fault.Error.Message);
        }

        return await InvokeProcessAsync(payload, traceHeader, cancellationToken);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task<InvocationResult> InvokeProcessAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
    {
        var isIdle = false;
        IsBusy = true;
        try
        {
            var answer = await _process!.InvokeAsync(payload, traceHeader, cancellationToken);
            isIdle = !LambdaErrors.EndsProcess(answer);
            return answer;
        }
        finally
        {
            IsBusy = false;
            if (isIdle)
            {
                _starts = 0;
            }
            else
            {
                // The process may still work on the invocation, whose caller no longer waits.
                await StopAsync();
            }
        }
    }

    private async Task StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }
}
