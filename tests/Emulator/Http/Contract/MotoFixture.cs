namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>moto's server with the same resources as our endpoints. All tests of a class share it.</summary>
public sealed class MotoFixture : IAsyncLifetime
{
    private Process? _process;

    public string Endpoint { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (new NeedsMotoAttribute().Missing is not null)
        {
            return;
        }

        var port = DynamoDbLocal.FreePort();
        _process = Process.Start(Botocore.Redirected(Path.Combine(DynamoDbLocal.RepositoryRoot(), "tests", "emulators", "moto", "server.py"), $"{port}"))!;
        var errors = _process.StandardError.ReadToEndAsync();
        Endpoint = $"http://127.0.0.1:{port}";
        if (await _process.StandardOutput.ReadLineAsync() is null)
        {
            throw new InvalidOperationException($"moto did not start: {await errors}");
        }

        await Botocore.RunAsync("prepare_moto.py", Endpoint);
    }

    public Task DisposeAsync()
    {
        _process?.Kill(entireProcessTree: true);
        _process?.Dispose();
        return Task.CompletedTask;
    }
}
