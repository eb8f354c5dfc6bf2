using System.Text.Json;
using DataToEvents.Adapters.Embedded.DeliveryStream;
using DataToEvents.Adapters.Embedded.Doors;
using DataToEvents.Adapters.Embedded.Doors.Firehose;
using DataToEvents.Adapters.Embedded.Doors.HttpApi;
using DataToEvents.Adapters.Embedded.Functions;
using DataToEvents.Adapters.Embedded.Queue;
using DataToEvents.Adapters.Embedded.Table;
using DataToEvents.Domain;
using DataToEvents.Domain.Catalog;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local.Hosting;

/// <summary>The whole path, running: engine, functions, mappings, doors.</summary>
internal sealed class LocalHost : IAsyncDisposable
{
    private static readonly TimeSpan DrainPoll = TimeSpan.FromMilliseconds(20);

    private readonly Engine _engine;
    private readonly StreamEventSource _emitterSource;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _pumps;
    private FrontDoor? _door;

    private LocalHost(Engine engine, PathFunctions functions, Firehose stream, StreamEventSource emitterSource)
    {
        (_engine, Stream, _emitterSource) = (engine, stream, emitterSource);
        engine.Bus.AddRule(LocalSettings.Rule, functions.EventResponder, new RuleDeadLetters(engine.RuleDeadLetters));
        engine.Bus.Delivered = detail => RecordLatency(detail);
        var storerSource = new QueueEventSource(engine.Queue, functions.EventStorer, new QueueEventSourceOptions
        {
            FunctionTimeout = LocalSettings.FunctionTimeout,
            FailedVisibility = LocalSettings.FailedVisibility,
        });
        _pumps = Task.WhenAll(
            RunAsync(Stream.RunAsync),
            RunAsync(storerSource.RunAsync),
            RunAsync(emitterSource.RunAsync),
            RunAsync(engine.Bus.RunAsync),
            RunAsync(engine.Queue.RunAsync),
            RunAsync(engine.Table.RunAsync));
    }

    public Firehose Stream { get; }

    public LatencyHistogram Latency { get; } = new();

    public int Port => _door!.Port;

    /// <summary>Completes, with its fault, when a part of the path cannot go on; what was acknowledged is on disk.</summary>
    public Task Stopped => _pumps;

    /// <exception cref="UserErrorException">The data directory or the port cannot be used.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, EventCatalog catalog, IFunctionLog log)
    {
        if (options.FunctionsAsProcesses)
        {
            throw new UserErrorException("--functions process is not available yet: the host does not start functions as processes. Use --functions inprocess.");
        }

        var engine = await Engine.OpenAsync(options.Data);
        try
        {
            var functions = InProcessFunctions.Create(engine, catalog, new FunctionHost(TimeProvider.System, Random.Shared, log));
            var stream = await Firehose.OpenAsync(engine.Database, engine.Bucket, functions.Transformer, LocalSettings.DeliveryStream, TimeProvider.System);
            var source = await StreamEventSource.OpenAsync(
                engine.Database, engine.Table, functions.IntegrationEventEmitter, StreamSource, new OnFailureObjects(engine.Bucket), TimeProvider.System, Random.Shared);
            var host = new LocalHost(engine, functions, stream, source);
            host._door = await OpenDoorAsync(options, host.Stream, functions.HttpApi, log);
            return host;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    /// <summary>What every hop has done since the start, and what is under way.</summary>
    public PathCounts Counts()
    {
        var (stream, queue, bus, source) = (Stream.Stats, _engine.Queue.Stats, _engine.Bus.Stats, _emitterSource.Stats);
        var table = _engine.Table.Stats;
        var conflicts = _engine.Quarantine.Count;
        return new PathCounts
        {
            Accepted = stream.Accepted,
            Lake = stream.LakeLines,
            Dropped = stream.Dropped,
            Queued = queue.Sent,
            Stored = table.Inserted,
            Duplicates = queue.Deduplicated + Math.Max(0, table.Existing - conflicts),
            Conflicts = conflicts,
            Published = bus.Published,
            Delivered = bus.Delivered,
            Pending = stream.BufferedRecords + queue.Depth + source.Behind + bus.Pending,
            Failed = new FailedByPlace(stream.Failed.Values.Sum(), queue.DeadLettered, source.GivenUp, bus.DeadLettered),
        };
    }

    /// <summary>Waits until everything that was accepted has been delivered or set aside.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await Stream.FlushAsync(cancellationToken);
        using var poll = new PeriodicTimer(DrainPoll);
        while (Counts().Pending > 0 && !_pumps.IsCompleted)
        {
            await poll.WaitForNextTickAsync(cancellationToken);
        }

        if (_pumps.IsFaulted)
        {
            await _pumps;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null)
        {
            await _door.DisposeAsync();
        }

        await _stop.CancelAsync();
        try
        {
            await _pumps;
        }
        finally
        {
            Stream.Dispose();
            await _engine.DisposeAsync();
            _stop.Dispose();
        }
    }

    private static StreamEventSourceOptions StreamSource => new()
    {
        Id = "IntegrationEventEmitter",
        ParallelizationFactor = LocalSettings.StreamLanes,
        MaximumRetryAttempts = LocalSettings.StreamRetries,
        BisectBatchOnFunctionError = true,
        Filter = change => change.Kind == ChangeKind.Insert,
    };

    private static async Task<FrontDoor> OpenDoorAsync(LocalOptions options, Firehose stream, IFunction api, IFunctionLog log)
    {
        try
        {
            return await FrontDoor.StartAsync(new FrontDoorOptions
            {
                Port = options.Port,
                Services = [new FirehoseService(stream)],
                Api = new HttpApiDoor(api, new HttpApiOptions { Routes = [new("GET /"), new("GET /streams/{id}"), new("GET /events"), new("GET /payloads/{name}")] }, TimeProvider.System),
                OnFault = fault => log.Write("door", fault.ToString()),
            });
        }
        catch (PortInUseException)
        {
            throw new UserErrorException($"Port {options.Port} is in use. Stop what listens there, or name another with --port (0 takes any free one).");
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> pump)
    {
        try
        {
            await pump(_stop.Token);
        }
        catch
        {
            // One part cannot go on: neither can the others. The fault comes out of Stopped.
            await _stop.CancelAsync();
            throw;
        }
    }

    private void RecordLatency(ReadOnlyMemory<byte> detail)
    {
        if (AcceptedTime(detail.Span) is { } accepted)
        {
            Latency.Record(TimeProvider.System.GetUtcNow() - accepted);
        }
    }

    /// <summary>The envelope's own time of acceptance stands before its data, so that reading stops early.</summary>
    private static DateTimeOffset? AcceptedTime(ReadOnlySpan<byte> envelope)
    {
        var reader = new Utf8JsonReader(envelope, new JsonReaderOptions { MaxDepth = 1_010 });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = reader.ValueTextEquals("acceptedtime"u8);
            reader.Read();
            if (found)
            {
                return Timestamp.TryParse(reader.GetString()!, out var time) ? time : null;
            }

            reader.Skip();
        }

        return null;
    }
}
