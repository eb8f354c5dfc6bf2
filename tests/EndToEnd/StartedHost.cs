namespace DataToEvents.EndToEnd.Tests;

/// <summary>A host that may end by itself, even before it listens.</summary>
internal sealed class StartedHost : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    public StartedHost(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Where it listens; null when it ended before it did.</summary>
    public async Task<Uri?> AddressAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Listening", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync();
                return RunningHost.AddressIn(line);
            }
        }

        return null;
    }

    public void Kill() => _process.Kill();

    /// <summary>Waits for its end.</summary>
    public async Task<(int ExitCode, string[] Errors)> EndAsync()
    {
        await _process.WaitForExitAsync();
        return (_process.ExitCode, (await _errors).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
