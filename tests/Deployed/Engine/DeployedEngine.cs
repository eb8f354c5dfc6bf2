using System.Collections.Concurrent;
using DataToEvents.Deployed.Tests.Discovery;
using DataToEvents.Deployed.Tests.Permissions;
using DataToEvents.Emulator;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Deployed.Tests.Engine;

/// <summary>The data plane of a deployment: the emulator's services with the settings that AWS's APIs report, and the functions' executables between them.</summary>
internal sealed class DeployedEngine : IAsyncDisposable
{
    private readonly Services _services;
    private readonly DeployedFunctions _functions;
    private readonly DeliveryStream _stream;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _told = [];
    private AccountEndpoint? _endpoint;
    private Task _running = Task.CompletedTask;

    private DeployedEngine(Services services, DeployedFunctions functions, DeliveryStream stream) =>
        (_services, _functions, _stream) = (services, functions, stream);

    public string Url => _endpoint!.Url;

    /// <summary>Faults that no client is told of: those of endpoints, and events that AWS would have dropped.</summary>
    public IReadOnlyCollection<string> Told => _told;

    /// <param name="deployment">The deployment to play.</param>
    /// <param name="packages">The functions' executables.</param>
    /// <param name="data">A folder for all that is stored.</param>
    /// <param name="clock">The clock of the services. Functions run in real time.</param>
    /// <param name="log">Takes what functions log.</param>
    /// <exception cref="DeploymentException">AWS would refuse the deployment, or it has something that is not understood here.</exception>
    /// <exception cref="ServiceException">Lambda would refuse a mapping.</exception>
    /// <exception cref="FunctionInitException">A function does not start in its deployed environment.</exception>
    public static async Task<DeployedEngine> StartAsync(Deployment deployment, FunctionPackages packages, string data, TimeProvider clock, IFunctionLog log)
    {
        var access = new Access(deployment);
        var services = await Services.OpenAsync(deployment, data, clock);
        var functions = new DeployedFunctions(deployment);
        var stream = await services.AddStreamAsync(deployment, access, functions);
        var engine = new DeployedEngine(services, functions, stream);
        try
        {
            await engine.WireAsync(deployment, access);
            engine._endpoint = await AccountEndpoint.OpenAsync(services.Account, new EndpointOptions
            {
                Policy = new CallerPolicy(deployment, access),
                Api = new ApiRoutes(deployment, access, functions).Open(),
                OnFault = fault => engine._told.Enqueue($"A fault of the emulator: {fault}"),
            });
            await functions.StartAsync(packages, engine.Url, log);
            engine._running = services.Account.RunAsync(engine._stop.Token);
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until nothing is under way any more. Throws the fault of a part that failed.</summary>
    /// <returns>The work that is still under way when the time is over; empty if there is none.</returns>
    public async Task<string> BecomesQuietAsync(TimeSpan within)
    {
        using var poll = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        using var deadline = new CancellationTokenSource(within);
        try
        {
            await _stream.FlushAsync(deadline.Token).WaitAsync(deadline.Token);
            while (_services.Account.UnderWay.Total > 0 && !_running.IsCompleted)
            {
                await poll.WaitForNextTickAsync(deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return $"after {within.TotalSeconds:0} seconds: {_services.Account.UnderWay}";
        }

        await (_running.IsFaulted ? _running : Task.CompletedTask);
        return "";
    }

    public async ValueTask DisposeAsync()
    {
        if (_endpoint is not null)
        {
            await _endpoint.DisposeAsync();
        }

        await _stop.CancelAsync();
        await _running.ContinueWith(_ => { }, TaskScheduler.Default);
        await _functions.DisposeAsync();
        await _services.DisposeAsync();
        _stop.Dispose();
    }

    private async Task WireAsync(Deployment deployment, Access access)
    {
        new Rules(deployment, access, _services.Queues, _functions, _told.Enqueue).AddTo(_services.Account.Bus);
        var mappings = new Mappings(deployment, access, _services.Account);
        foreach (var mapping in deployment.Mappings)
        {
            var function = _functions[mapping.FunctionArn];
            if (mapping.IsOfQueue)
            {
                mappings.AddQueue(mapping, _services.Queues[deployment.Queue(mapping.SourceArn).Arn], function);
            }
            else
            {
                await mappings.AddStreamAsync(mapping, _services.Tables[deployment.TableOfStream(mapping.SourceArn).Arn], function);
            }
        }
    }
}
