namespace DataToEvents.EndToEnd.Tests;

/// <summary>One host for all tests of a class. Each test puts it into the state that it needs.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private RunningHost? _host;

    internal RunningHost Host => _host!;

    public async Task InitializeAsync() => _host = await RunningHost.StartAsync(_folder.Data);

    public Task DisposeAsync()
    {
        _host?.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }
}
