using System.ComponentModel;

namespace DataToEvents.Emulator.Lambda;

/// <summary>A process that runs a function's executable, with a Runtime API of its own.</summary>
internal sealed class FunctionProcess : IAsyncDisposable
{
    private const int TailLines = 20;

    private readonly Process _process;
    private readonly RuntimeApi _api;
    private readonly Task<string> _ended;
    private readonly Queue<string> _tail = new();

    private FunctionProcess(Process process, RuntimeApi api, Action<string> log)
    {
        (_process, _api) = (process, api);
        process.OutputDataReceived += (_, line) => Take(line.Data, log);
        process.ErrorDataReceived += (_, line) => Take(line.Data, log);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();
        _ended = WaitForEndAsync();
    }

    public bool HasEnded => _ended.IsCompleted;

    public int Id => _process.Id;

    /// <summary>Completes when the process asks for its first invocation.</summary>
    /// <exception cref="FunctionInitException">It never did; the message has the last output of the process.</exception>
    public static async Task<FunctionProcess> StartAsync(FunctionOptions function, ProcessOptions options, FunctionHost host, CancellationToken cancellationToken)
    {
        var api = await RuntimeApi.StartAsync(function, host);
        FunctionProcess? process = null;
        try
        {
            process = new FunctionProcess(await LaunchAsync(function, options, api), api, line => host.Log?.Write(function.Name, line));
            await process.InitialiseAsync(function, options, host.Clock, cancellationToken);
            return process;
        }
        catch
        {
            await (process?.DisposeAsync() ?? api.DisposeAsync());
            throw;
        }
    }

    public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken) =>
        _api.InvokeAsync(payload, traceHeader, _ended, cancellationToken);

    public void Kill() => _process.Kill();

    /// <summary>Kills the process, if it has not ended by itself.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _ended;
        _process.Dispose();
        await _api.DisposeAsync();
    }

    private static async Task<Process> LaunchAsync(FunctionOptions function, ProcessOptions options, RuntimeApi api)
    {
        if (!File.Exists(options.Path))
        {
            throw new FunctionInitException($"The function {function.Name} did not start: there is no file {options.Path}.", new FunctionError("Runtime.InvalidEntrypoint", options.Path));
        }

        try
        {
            return await ProcessStarter.StartAsync(ProcessEnvironment.StartInfo(function, options, api.Endpoint));
        }
        catch (Win32Exception fault)
        {
            throw new FunctionInitException($"The function {function.Name} did not start: {fault.Message}", new FunctionError("Runtime.InvalidEntrypoint", fault.Message));
        }
    }

    private async Task InitialiseAsync(FunctionOptions function, ProcessOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var error = await InitErrorAsync(options.InitTimeout, clock, cancellationToken);
        if (error is not null)
        {
            throw new FunctionInitException($"The function {function.Name} did not start: {error.Type}: {error.Message}{Tail()}", error);
        }
    }

    private async Task<FunctionError?> InitErrorAsync(TimeSpan timeout, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAny(_api.Initialised, _ended).WaitAsync(timeout, clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new FunctionError("Sandbox.Timedout", $"It asked for no invocation within {timeout.TotalSeconds:0} seconds.");
        }

        return _api.Initialised.IsCompleted ? await _api.Initialised : new FunctionError("Runtime.ExitError", $"Runtime exited {await _ended}");
    }

    private async Task<string> WaitForEndAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode == 0 ? "without providing a reason" : $"with error: exit status {_process.ExitCode}";
    }

    private void Take(string? line, Action<string> log)
    {
        if (line is null)
        {
            return;
        }

        lock (_tail)
        {
            _tail.Enqueue(line);
            if (_tail.Count > TailLines)
            {
                _tail.Dequeue();
            }
        }

        log(line);
    }

    private string Tail()
    {
        lock (_tail)
        {
            return _tail.Count == 0 ? "" : $"{Environment.NewLine}It wrote:{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", _tail)}";
        }
    }
}
