using DataToEvents.Common;
using DataToEvents.Domain.Catalog;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.DeliveryStreams;
using DataToEvents.Emulator.Http.HttpApi;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Lambda.Queues;
using DataToEvents.Emulator.Lambda.Streams;
using DataToEvents.Emulator.Tables;
using DataToEvents.Local.Page;
using DataToEvents.Local.Reporting;
using DataToEvents.Local.Signals;
using Microsoft.AspNetCore.Http;

namespace DataToEvents.Local.Hosting;

/// <summary>The whole path, running: engine, functions, mappings, endpoints.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(20);

    private readonly Engine _engine;
    private readonly EngineEndpoint _endpoints;
    private readonly PathFunctions _functions;
    private readonly StreamEventSource _emitterSource;
    private readonly HostFile _file;
    private readonly LocalPage _page;
    private readonly HostMeter _meter;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _fault = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _pumps;

    private LocalHost(Engine engine, EngineEndpoint endpoints, Firehose stream, PathFunctions functions, StreamEventSource emitterSource, PageFaults faults, LocalOptions options)
    {
        (_engine, _endpoints, Stream, _functions, _emitterSource) = (engine, endpoints, stream, functions, emitterSource);
        _page = new LocalPage(this, engine, View(options), stream, faults, options.Data, TimeProvider.System);
        _meter = new HostMeter(this);
        engine.AddRules(functions.EventResponder, options.Audit, detail =>
        {
            Latency.RecordDelivered(detail);
            _page.Delivered(detail);
        });
        var storerSource = new QueueEventSource(engine.Queue, functions.EventStorer, new QueueEventSourceOptions
        {
            FunctionTimeout = options.FunctionTimeout,
            FailedVisibility = LocalSettings.FailedVisibility,
            MaximumConcurrency = functions.StorerInstances,
        });
        _file = HostFile.Write(options.Data, Url);
        _pumps = Task.WhenAll([
            RunAsync(Stream.RunAsync),
            RunAsync(storerSource.RunAsync),
            RunAsync(emitterSource.RunAsync),
            RunAsync(_page.RunAsync),
            RunAsync(engine.Database.Stopped.WaitAsync),
            .. engine.Pumps.Select(RunAsync)]);
    }

    public Firehose Stream { get; }

    public DeliveryLatency Latency { get; } = new(TimeProvider.System);

    public string Url => _endpoints.Url;

    /// <summary>Completes, with its fault, when a part of the path cannot go on; what was acknowledged is on disk.</summary>
    public Task Stopped => _fault.Task;

    /// <exception cref="UserErrorException">The data directory or the port cannot be used.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, EventCatalog catalog, IFunctionLog log, Screen screen)
    {
        await using var opened = new Disposables();
        var engine = opened.Add(await Engine.OpenAsync(options.Data, options.Audit));
        log = new LogUntilFault(log, engine.Database);
        var (transformer, api) = (new LateFunction("Transformer"), new LateFunction("EventResponderApi"));
        var stream = opened.Add(await Firehose.OpenAsync(engine.Database, engine.Bucket, transformer, LocalSettings.DeliveryStream, TimeProvider.System));
        LocalHost? path = null;
        var endpoints = opened.Add(await EngineEndpoint.OpenAsync(
            engine, options.Port, stream, Api(api), fault => log.Write("endpoint", fault.ToString()), context => path is { } started ? started._page.AnswerAsync(context) : NotYetAsync(context)));
        await ViewForms.EnsureAsync(engine, View(options), endpoints.Url, screen);
        var host = new FunctionHost(TimeProvider.System, Random.Shared, log);
        var faults = new PageFaults(Random.Shared, options.Functions != FunctionsMode.InProcess);
        var running = options.Functions == FunctionsMode.InProcess
            ? InProcessFunctions.Create(engine, catalog, options.FunctionTimeout, host)
            : await ProcessFunctions.StartAsync(options, endpoints.Url, host);
        var functions = opened.Add(running.Select(faults.Around));
        functions = options.Functions == FunctionsMode.InProcess ? functions : functions.Select(static function => new TracedFunction(function));
        transformer.Set(new HeldBackFunction(functions.Transformer, () => engine.Queue.Stats.Depth > LocalSettings.LongQueue, TimeProvider.System));
        api.Set(functions.HttpApi);
        var source = await StreamEventSource.OpenAsync(
            engine.Database, engine.Table, functions.IntegrationEventEmitter, StreamSource, new OnFailureObjects(engine.Bucket), TimeProvider.System, Random.Shared);
        path = new LocalHost(engine, endpoints, stream, functions, source, faults, options);
        opened.Keep();
        return path;
    }

    /// <summary>What every hop has done since the start, and what is under way.</summary>
    public PathCounts Counts()
    {
        // In the path's order: what moves on while they are read is seen twice, not missed. Else a drain may take an event on its way for none.
        var (stream, queue, source, bus) = (Stream.Stats, _engine.Queue.Stats, _emitterSource.Stats, _engine.Bus.Stats);
        var (table, conflicts) = (_engine.Table.Stats, _engine.Bucket.Quarantined);
        var rule = _engine.Bus.Rules.First(rule => rule.Options.Name == Names.Rule);
        return new PathCounts
        {
            Accepted = stream.Accepted,
            Lake = stream.LakeLines,
            LakeOfEarlierRuns = stream.RestoredLakeLines,
            Dropped = stream.Dropped,
            Queued = queue.Sent,
            Stored = table.Inserted,
            // Each message is deleted once, however often it was delivered: those that made neither an item nor a conflict were second copies.
            Duplicates = queue.Deduplicated + Math.Max(0, queue.Deleted - table.Inserted - conflicts),
            Conflicts = conflicts,
            Published = bus.Published,
            Delivered = rule.Delivered,
            Pending = stream.BufferedRecords + queue.Depth + source.Behind + bus.Pending,
            Failed = new FailedByPlace(stream.Failed.Values.Sum(), queue.DeadLettered, source.GivenUp, rule.DeadLettered),
        };
    }

    /// <summary>The path hop by hop, in its order.</summary>
    public IReadOnlyList<HopState> Hops()
    {
        var (stream, queue, bus, source) = (Stream.Stats, _engine.Queue.Stats, _engine.Bus.Stats, _emitterSource.Stats);
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
        // Nothing is flushed any more once a part has stopped.
        await await Task.WhenAny(Stream.FlushAsync(cancellationToken), Stopped);
        using var poll = new PeriodicTimer(DrainPoll);
        while (Counts().Pending > 0 && !Stopped.IsCompleted)
        {
            await poll.WaitForNextTickAsync(cancellationToken);
        }

        if (Stopped.IsFaulted)
        {
            await Stopped;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _endpoints.DisposeAsync();
        await _stop.CancelAsync();
        await _pumps;
        _meter.Dispose();
        _page.Dispose();
        await _functions.DisposeAsync();
        Stream.Dispose();
        await _engine.DisposeAsync();
        _stop.Dispose();
    }

    private static ViewForm View(LocalOptions options) => options.Functions == FunctionsMode.InProcess ? ViewForm.Rows : ViewForm.Items;

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
        new(function, new HttpApiOptions { Routes = [new("GET /"), new("GET /streams/{id}"), new("GET /events"), new("GET /payloads/{name}")] }, TimeProvider.System);

    private async Task RunAsync(Func<CancellationToken, Task> pump)
    {
        try
        {
            await pump(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The host stops.
        }
#pragma warning disable CA1031 // Not swallowed: it comes out of Stopped.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // One part cannot go on: neither can the others. The first fault is the reason, and what follows from it is none.
            _fault.TrySetException(fault);
            await _stop.CancelAsync();
        }
    }
}
