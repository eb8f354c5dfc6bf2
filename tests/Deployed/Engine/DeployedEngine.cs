using System.Collections.Concurrent;
using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Streams;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The data plane of a deployment: the engine's services, set up as AWS's APIs say that they are, and the functions' executables between them.</summary>
internal sealed class DeployedEngine : IAsyncDisposable
{
    private readonly Services _services;
    private readonly DeployedFunctions _functions;
    private readonly Firehose _stream;
    private readonly List<StreamEventSource> _streamSources = [];
    private readonly List<Func<CancellationToken, Task>> _pumps = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _told = [];
    private DeployedEndpoint? _endpoints;
    private Task _running = Task.CompletedTask;

    private DeployedEngine(Services services, DeployedFunctions functions, Firehose stream) =>
        (_services, _functions, _stream) = (services, functions, stream);

    public string Url => _endpoints!.Url;

    /// <summary>What went wrong that no client could be told: faults of the endpoints, events that AWS would have dropped.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <param name="deployment">Exactly this is played.</param>
    /// <param name="packages">The functions' executables.</param>
    /// <param name="data">A folder for all that is stored.</param>
    /// <param name="clock">Of the services; functions run on real time.</param>
    /// <param name="log">Takes what functions log.</param>
    /// <exception cref="DeploymentException">AWS would refuse the deployment, or it has something that is not understood here.</exception>
    /// <exception cref="QueueException">A mapping that Lambda would refuse.</exception>
    /// <exception cref="FunctionInitException">A function does not start in its deployed environment.</exception>
    public static async Task<DeployedEngine> StartAsync(Deployment deployment, FunctionPackages packages, string data, TimeProvider clock, IFunctionLog log)
    {
        var access = new Access(deployment);
        var services = await Services.OpenAsync(deployment, data, clock);
        var functions = new DeployedFunctions(deployment);
        var stream = await services.OpenStreamAsync(deployment, access, functions);
        var engine = new DeployedEngine(services, functions, stream);
        try
        {
            await engine.WireAsync(deployment, access, clock);
            engine._endpoints = await DeployedEndpoint.OpenAsync(deployment, access, services, stream, new ApiRoutes(deployment, access, functions).Open(), engine._told.Enqueue);
            await functions.StartAsync(packages, engine.Url, log);
            engine._running = engine.RunAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until nothing is under way any more. What a part of the engine fails with comes out.</summary>
    /// <returns>What is still under way when the time is over; empty: nothing.</returns>
    public async Task<string> BecomesQuietAsync(TimeSpan within)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _stream.FlushAsync(deadline.Token).WaitAsync(deadline.Token);
            while (UnderWay().Length > 0 && !_running.IsCompleted)
            {
                await poll.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return $"after {within.TotalSeconds:0} seconds: {UnderWay()}";
        }

        await (_running.IsFaulted ? _running : Task.CompletedTask);
        return "";
    }

    public async ValueTask DisposeAsync()
    {
        if (_endpoints is not null)
        {
            await _endpoints.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _functions.DisposeAsync();
        _stream.Dispose();
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WireAsync(Deployment deployment, Access access, TimeProvider clock)
    {
        new Rules(deployment, access, _services.Queues, _functions, _told.Enqueue).AddTo(_services.Bus);
        var mappings = new Mappings(deployment, access, _services.Database, clock);
        foreach (var mapping in deployment.Mappings)
        {
            var function = _functions[mapping.FunctionArn];
            if (mapping.IsOfQueue)
            {
                _pumps.Add(mappings.OfQueue(mapping, _services.Queues[deployment.Queue(mapping.SourceArn).Arn], function).RunAsync);
            }
            else
            {
                var table = _services.Tables[deployment.TableOfStream(mapping.SourceArn).Arn];
                _streamSources.Add(await mappings.OfStreamAsync(mapping, table, function, _services.Buckets));
                _pumps.Add(_streamSources[^1].RunAsync);
            }
        }
    }

    private string UnderWay()
    {
        var buffered = _stream.Stats.BufferedRecords;
        // Dead letters wait for a person, and the audit's copies for whoever counts them.
        var queued = _services.Sources.Sum(queue => queue.Stats.Depth);
        var (behind, pending) = (_streamSources.Sum(source => source.Stats.Behind), _services.Bus.Stats.Pending);
        return buffered + queued + behind + pending == 0 ? "" : $"{buffered} records buffered, {queued} messages queued, {behind} changes behind, {pending} events pending";
    }

    private Task RunAsync() => Task.WhenAll(new[] { _stream.RunAsync }.Concat(_services.Pumps).Concat(_pumps).Select(pump => Task.Run(() => RunAsync(pump))));

    private async Task RunAsync(Func<CancellationToken, Task> pump)
    {
        try
        {
            await pump(_stop.Token);
        }
        catch
        {
            // One part cannot go on: neither can the others. The fault comes out of BecomesQuietAsync.
            await _stop.CancelAsync();
            throw;
        }
    }
}
