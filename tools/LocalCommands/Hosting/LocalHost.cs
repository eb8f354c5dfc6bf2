using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator;
using DataToEvents.Emulator.Http.Firehose;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tables;
using DataToEvents.Functions.EventResponder;
using DataToEvents.Local.Page;
using DataToEvents.Local.Reporting;
using DataToEvents.Local.Signals;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Local.Hosting;

/// <summary>The whole path, running: the services of a data directory, the functions, and the mappings between them.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(20);

    private readonly DataDirectory _directory;
    private readonly AccountEndpoint _endpoint;
    private readonly PathFunctions _functions;
    private readonly StreamEventSource _emitterSource;
    private readonly DoubtCounts _doubts;
    private readonly HostFile _file;
    private readonly LocalPage _page;
    private readonly HostMeter _meter;
    private readonly ReplayCount _consumer;
    private readonly RunTotals _totals;
    private readonly LastMinute _lastMinute = new(TimeProvider.System);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    private LocalHost(DataDirectory directory, AccountEndpoint endpoint, DeliveryStream stream, PathFunctions functions, StreamEventSource emitterSource, PageFaults faults, DoubtCounts doubts, RunTotals totals, LocalOptions options)
    {
        (_consumer, _totals) = (new ReplayCount(functions.EventResponder), totals);
        (_directory, _endpoint, Stream, _functions, _emitterSource, _doubts) = (directory, endpoint, stream, functions, emitterSource, doubts);
        _page = new LocalPage(this, directory, stream, faults, options.Data, TimeProvider.System);
        _meter = new HostMeter(this);
        directory.AddRules(_consumer, options.Audit, detail =>
        {
            Latency.RecordDelivered(detail);
            _page.Delivered(detail);
        });
        directory.Account.MapQueue(directory.Queue, functions.EventStorer, new QueueEventSourceOptions
        {
            FunctionTimeout = options.FunctionTimeout,
            FailedVisibility = LocalSettings.FailedVisibility,
            MaximumConcurrency = functions.StorerInstances,
        });
        _file = HostFile.Write(options.Data, Url);
        _running = RunAsync();
    }

    public DeliveryStream Stream { get; }

    public DeliveryLatency Latency { get; } = new(TimeProvider.System);

    public string Url => _endpoint.Url;

    /// <summary>Completes, with its fault, when a part of the path cannot go on; what was acknowledged is on disk.</summary>
    public Task Stopped => _running;

    /// <exception cref="UserErrorException">The data directory or the port cannot be used.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, EventCatalog catalog, IFunctionLog log)
    {
        await using var opened = new Disposables();
        var directory = opened.Add(await DataDirectory.OpenAsync(options.Data, options.Audit));
        await directory.Bucket.PutAsync(Names.CatalogObject, CatalogZip.Pack(options.CatalogPath));
        var doubts = new DoubtCounts(new LogUntilFault(log, directory.Database), keepsLines: Environment.GetEnvironmentVariable(ProcessFunctions.MetricsSwitch) == "true");
        log = doubts;
        var (transformer, api) = (new LateFunction("Transformer"), new LateFunction("EventResponderApi"));
        var stream = await directory.Account.AddDeliveryStreamAsync(LocalSettings.DeliveryStream, directory.Bucket, transformer);
        LocalHost? path = null;
        var endpoint = opened.Add(await directory.ListenAsync(new EndpointOptions
        {
            Address = options.Listen,
            AllowedHosts = options.AllowedHosts,
            AllowedOrigins = options.AllowedOrigins,
            Port = options.Port,
            Api = Api(api),
            Records = new PutRecordEndpoint(stream),
            Page = context => path is { } started ? started._page.AnswerAsync(context) : NotYetAsync(context),
            OnFault = fault => log.Write("endpoint", fault.ToString()),
        }));
        var host = new FunctionHost(TimeProvider.System, Random.Shared, log);
        var faults = new PageFaults(Random.Shared, options.Functions != FunctionsMode.InProcess);
        var running = options.Functions == FunctionsMode.InProcess
            ? InProcessFunctions.Create(directory, catalog, options.FunctionTimeout, host, metrics: doubts)
            : await ProcessFunctions.StartAsync(options, endpoint.Url, host);
        var functions = opened.Add(running.Select(faults.Around));
        functions = options.Functions == FunctionsMode.InProcess ? functions : functions.Select(static function => new TracedFunction(function));
        // These two functions have no event source mapping to disable. To pause them, clients throttle them.
        functions = functions with { EventResponder = new ReservedFunction(functions.EventResponder), HttpApi = new ReservedFunction(functions.HttpApi) };
        directory.Account.AddFunction(functions.EventResponder);
        directory.Account.AddFunction(functions.HttpApi);
        transformer.Set(new HeldBackFunction(functions.Transformer, () => directory.Queue.Stats.Depth > LocalSettings.LongQueue, TimeProvider.System));
        api.Set(functions.HttpApi);
        var source = await directory.Account.MapStreamAsync(
            directory.Table, functions.IntegrationEventEmitter, StreamSource, new BucketDestination(directory.Bucket, Names.OnFailurePrefix));
        foreach (var consumer in options.Consumers)
        {
            var function = opened.Add(await consumer.StartAsync(options.FunctionTimeout, endpoint.Url, host));
            directory.AddConsumer(consumer.Name, consumer.ReadPattern(), function);
            functions = functions with { Consumers = [.. functions.Consumers, function] };
        }

        path = new LocalHost(directory, endpoint, stream, functions, source, faults, doubts, await RunTotals.OpenAsync(directory.Database), options);
        opened.Keep();
        return path;
    }

    /// <summary>The counts of every hop since the start, and of the work under way.</summary>
    public PathCounts Counts()
    {
        // Read before the other numbers, which only grow: else a drain could end too early.
        var pending = _directory.Account.UnderWay.Total;
        var replays = _consumer.Replays;
        var (stream, queue, source, bus) = (Stream.Stats, _directory.Queue.Stats, _emitterSource.Stats, _directory.Bus.Stats);
        var (table, conflicts, setAside) = (_directory.Table.Stats, _directory.Bucket.Quarantined, _directory.DeadLetters.Stats.Sent);
        var rule = _directory.Bus.Rules.First(rule => rule.Options.Name == Names.Rule);
        return new PathCounts
        {
            Accepted = stream.Accepted,
            Lake = stream.LakeLines,
            LakeOfEarlierRuns = stream.RestoredLakeLines,
            Dropped = stream.Dropped,
            Queued = queue.Sent,
            Stored = table.Inserted,
            // Each message is deleted once, however often it was delivered: those that made no item and no conflict, and were not set aside, were second copies.
            Duplicates = queue.Deduplicated + Math.Max(0, queue.Deleted - table.Inserted - conflicts - setAside),
            Conflicts = conflicts,
            Published = source.Succeeded,
            PublishedAgain = Math.Max(0, bus.Published - source.Succeeded),
            Delivered = Math.Max(0, rule.Delivered - replays),
            Replays = replays,
            Pending = pending,
            Unclassified = _doubts.Unclassified,
            NotJson = _doubts.NotJson,
            TimeUnusable = _doubts.TimeUnusable,
            InvalidCloudEvents = _doubts.InvalidCloudEvents,
            Failed = new FailedByPlace(stream.Failed.Values.Sum(), queue.DeadLettered + setAside, source.GivenUp, rule.DeadLettered),
        };
    }

    /// <summary>A shared number since the data directory began.</summary>
    public long Ever(SharedNumber number, PathCounts sinceStart) => _totals.Of(number, sinceStart);

    /// <summary>What lies in the places of what was set aside, as it was counted last.</summary>
    public IReadOnlyList<PagePlace> SetAside => _page.SetAside.Latest;

    /// <summary>Counts what lies in the places of what was set aside.</summary>
    public Task<IReadOnlyList<PagePlace>> CountSetAsideAsync() => _page.SetAside.CountAsync();

    /// <summary>The path hop by hop, in its order.</summary>
    public IReadOnlyList<HopState> Hops()
    {
        var hops = HopsSinceStart();
        _lastMinute.Look(hops.ToDictionary(static hop => hop.Id, static hop => hop.Errors));
        return [.. hops.Select(hop => hop with { ErrorsLastMinute = _lastMinute.Growth(hop.Id, hop.Errors) })];
    }

    private List<HopState> HopsSinceStart()
    {
        var (stream, queue, bus, source) = (Stream.Stats, _directory.Queue.Stats, _directory.Bus.Stats, _emitterSource.Stats);
        var counts = Counts();
        return
        [
            new("door", "service", "Firehose", "records accepted", counts.Accepted, stream.BufferedRecords, stream.OldestAge),
            new("transformer", "function", "Transformer", "records transformed", stream.Transformed + stream.Dropped, Errors: stream.Retries + counts.Failed.ProcessingFailed),
            new("lake", "service", "S3 lake", "lines written", counts.Lake),
            new("queue", "service", "SQS FIFO", "messages taken", counts.Queued, queue.Depth, queue.OldestAge),
            new("storer", "function", "EventStorer", "messages received", queue.Received, Errors: queue.Redelivered + queue.DeadLettered),
            new("store", "service", "DynamoDB", "events stored", counts.Stored),
            new("emitter", "function", "IntegrationEventEmitter", "changes published", source.Succeeded, source.Behind, Errors: source.FailedInvocations + source.GivenUp),
            new("bus", "service", "EventBridge", "events published", counts.Published, bus.Pending, bus.OldestAge),
            new("responder", "function", "EventResponder", "events delivered", counts.Delivered, Errors: bus.FailedAttempts),
            new("view", "service", "HTTP API", "events in the view", counts.Delivered),
        ];
    }

    /// <summary>Waits until everything that was accepted has been delivered or set aside.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        // Once a part has stopped, nothing is flushed any more.
        await await Task.WhenAny(Stream.FlushAsync(cancellationToken), Stopped);
        using var poll = new PeriodicTimer(DrainPoll);
        while (_directory.Account.UnderWay.Total > 0 && !Stopped.IsCompleted)
        {
            await poll.WaitForNextTickAsync(cancellationToken);
        }

        await (Stopped.IsFaulted ? Stopped : Task.CompletedTask);
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _endpoint.DisposeAsync();
        await _stop.CancelAsync();
        await _running.ContinueWith(static _ => { }, TaskScheduler.Default);
        if (!_running.IsFaulted)
        {
            await _totals.SaveAsync(Counts());
        }

        _meter.Dispose();
        _page.Dispose();
        await _functions.DisposeAsync();
        await _directory.DisposeAsync();
        _stop.Dispose();
    }

    // One lane, as Terraform's default: with more, events of a stream would pass each other on their way to the bus.
    private static StreamEventSourceOptions StreamSource => new()
    {
        Id = "IntegrationEventEmitter",
        MaximumRetryAttempts = LocalSettings.StreamRetries,
        BisectBatchOnFunctionError = true,
        Filter = change => change.Kind == ChangeKind.Insert,
    };

    private static Task NotYetAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        return Task.CompletedTask;
    }

    private static HttpApiEndpoint Api(IInvocable function) =>
        new(function, new HttpApiOptions { Routes = [.. ApiFunction.Routes.Select(static route => new HttpRoute(route))] }, TimeProvider.System);

    /// <summary>Reads the counts once a second, so that the errors of the last minute are known at the first request.</summary>
    private PathCounts LookOnce()
    {
        Hops();
        return Counts();
    }

    private Task RunAsync() => Pump.RunAsync(
        _stop.Token, stop => _directory.Account.RunAsync(stop), _page.RunAsync, stop => _totals.RunAsync(LookOnce, stop), _directory.Database.Stopped.WaitAsync);
}
