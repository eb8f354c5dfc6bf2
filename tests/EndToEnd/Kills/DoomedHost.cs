namespace DataToEvents.EndToEnd.Tests.Kills;

/// <summary>A host that is killed some time after its process began, whatever it is doing.</summary>
internal sealed class DoomedHost : IAsyncDisposable
{
    private const int Killed = 128 + 9;

    private readonly StartedHost _host;
    private readonly Timer _killer;

    private DoomedHost(StartedHost host, TimeSpan life) =>
        (_host, _killer) = (host, new Timer(_ => host.Kill(), null, life, Timeout.InfiniteTimeSpan));

    public static DoomedHost Start(string data, TimeSpan life) =>
        new(new StartedHost(RunningHost.Launch("--data", data, "--port", "0", "--no-feed")), life);

    /// <summary>Where it listens; null when it was killed before it did.</summary>
    public Task<Uri?> AddressAsync() => _host.AddressAsync();

    public async ValueTask DisposeAsync()
    {
        var (code, errors) = await _host.EndAsync();
        await _killer.DisposeAsync();
        _host.Dispose();
        if (code != Killed)
        {
            throw new InvalidOperationException($"The host ended by itself, with {code}: {string.Join('\n', errors)}");
        }
    }
}
