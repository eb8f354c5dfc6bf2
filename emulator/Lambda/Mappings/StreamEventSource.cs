namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>Lambda's event source mapping for a table's stream. A record that fails blocks its own lane only.</summary>
public sealed class StreamEventSource
{
    /// <summary>An idle lane's checkpoint is written along with another one once it is this many changes behind.</summary>
    private const int IdleLag = 5_000;

    private readonly Database _database;
    private readonly Checkpoints _checkpoints;
    private readonly ItemTable _table;
    private readonly IInvocable _function;
    private readonly StreamEventSourceOptions _options;
    private readonly IOnFailureDestination? _onFailure;
    private readonly TimeProvider _time;
    private readonly InvocationIds _ids;
    private readonly Random _random;
    private readonly Lock _gate = new();

    /// <summary>The shards that are read, or will be when their parent has ended; not those that have ended and whose children are among them.</summary>
    private readonly List<ShardReaders> _shards = [];
    private readonly EventBuffers _buffers = new();
    private long _invocations;
    private long _failedInvocations;
    private long _succeeded;
    private long _givenUp;
    private long _dropped;

    private StreamEventSource(
        Database database, ItemTable table, IInvocable function, StreamEventSourceOptions options, IOnFailureDestination? onFailure, TimeProvider time, Random random)
    {
        _checkpoints = new Checkpoints(database, options.ParallelizationFactor);
        (_database, _table, _function, _options, _onFailure, _time, _random, _ids) = (database, table, function, options, onFailure, time, random, new InvocationIds(random));
        Mapping = new EventSourceMapping(table.Options.StreamArn, function.Name);
    }

    /// <summary>What clients of Lambda see, and disable and enable.</summary>
    public EventSourceMapping Mapping { get; }

    public StreamEventSourceStats Stats => new(
        Interlocked.Read(ref _invocations), Interlocked.Read(ref _failedInvocations), Interlocked.Read(ref _succeeded), Interlocked.Read(ref _givenUp), Interlocked.Read(ref _dropped),
        Math.Max(0, _table.Stream.Last - Done));

    private long Done
    {
        get
        {
            lock (_gate)
            {
                return _shards.Min(shard => shard.Done);
            }
        }
    }

    /// <summary>Opens the mapping at its checkpoints, or creates it at the oldest change that is kept.</summary>
    /// <param name="database">The database of the table; it keeps the checkpoints.</param>
    /// <param name="table">The table whose stream is read.</param>
    /// <param name="function">The function to invoke.</param>
    /// <param name="options">The mapping's settings.</param>
    /// <param name="onFailure">Takes records that are given up; null: they are discarded, as with Lambda.</param>
    /// <param name="time">The clock of the retries.</param>
    /// <param name="random">Draws the pauses between retries and the request ids; used under a lock of its own.</param>
    /// <exception cref="ServiceException">Lambda would refuse the mapping.</exception>
    public static async Task<StreamEventSource> OpenAsync(
        Database database, ItemTable table, IInvocable function, StreamEventSourceOptions options, IOnFailureDestination? onFailure, TimeProvider time, Random random)
    {
        options.Validate();
        Checkpoints.Define(database);
        var source = new StreamEventSource(database, table, function, options, onFailure, time, random);
        source._shards.AddRange(await source.OpenAsync(null));
        table.Stream.AddReader(() => source.Done);
        return source;
    }

    /// <summary>Serves the stream until cancelled. A fault of the table, the function's host or the destination ends it with that exception.</summary>
    public Task RunAsync(CancellationToken cancellationToken) => ReadAsync([.. _shards], cancellationToken);

    private Task ReadAsync(IEnumerable<ShardReaders> shards, CancellationToken cancellationToken) =>
        Pump.RunAsync(cancellationToken, shards.Select(shard => (Func<CancellationToken, Task>)(token => ReadAsync(shard, token))));

    /// <summary>Reads a shard to its end, and then the shards that go on with its items (AWS Lambda Developer Guide, "Using AWS Lambda with Amazon DynamoDB").</summary>
    private async Task ReadAsync(ShardReaders shard, CancellationToken cancellationToken)
    {
        await shard.RunAsync(cancellationToken);
        if (!shard.HasEnded)
        {
            return;
        }

        var children = await OpenAsync(shard.Shard.Number);
        lock (_gate)
        {
            _shards.AddRange(children);
            _shards.Remove(shard);
        }

        await ReadAsync(children, cancellationToken);
    }

    /// <summary>Opens the shards that follow a shard, or with null those that the table began with, at their checkpoints or at the beginning of the shard.</summary>
    private async Task<List<ShardReaders>> OpenAsync(long? parent)
    {
        var opened = new List<ShardReaders>();
        foreach (var shard in _table.Stream.Shards.Where(shard => shard.Parent == parent))
        {
            var readers = new ShardReaders(shard, this, _options, _table.Stream, _time, _random);
            var positions = await _database.InTransactionAsync(connection => _checkpoints.Load(connection, readers.Name, shard.After));
            for (var lane = 0; lane < positions.Length; lane++)
            {
                readers.Lanes[lane].StartAt(positions[lane]);
            }

            opened.Add(readers);
        }

        return opened;
    }

    internal Task SaveCheckpointAsync(StreamLane lane, long sequence)
    {
        var positions = new List<(string, int, long)> { (lane.Shard.Name, lane.Number, sequence) };
        lane.Saved = sequence;
        lock (_gate)
        {
            foreach (var other in _shards.SelectMany(shard => shard.Lanes))
            {
                var done = other.Done;
                if (other != lane && done - other.Saved > IdleLag)
                {
                    other.Saved = done;
                    positions.Add((other.Shard.Name, other.Number, done));
                }
            }
        }

        return _checkpoints.SaveAsync(positions);
    }

    /// <returns>How many records from the start of the batch succeeded, and how it failed.</returns>
    internal async Task<(int Succeeded, BatchFailure Failure)> InvokeAsync(StreamBatch batch, CancellationToken cancellationToken)
    {
        var buffer = _buffers.Rent();
        StreamEvent.Write(buffer.Writer, batch.Records, _table.Options);
        var result = await _function.InvokeAsync(buffer.Written, cancellationToken);
        _buffers.Return(buffer);
        Interlocked.Increment(ref _invocations);
        var succeeded = batch.Succeeded(result, _options.ReportBatchItemFailures);
        Interlocked.Add(ref _succeeded, succeeded);
        Interlocked.Add(ref _failedInvocations, succeeded < batch.Records.Count ? 1 : 0);
        return (succeeded, result.Error is not null ? BatchFailure.FunctionError : batch.IsNamed(result) ? BatchFailure.Named : BatchFailure.Malformed);
    }

    internal async Task GiveUpAsync(string shardId, StreamBatch batch, string condition, bool functionError, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _givenUp, batch.Records.Count);
        if (_onFailure is null)
        {
            return;
        }

        var now = _time.GetUtcNow();
        var failed = new FailedBatch(shardId, batch.Records, condition, batch.Invocations, functionError, _ids.NextRequestId());
        var payload = _buffers.Rent();
        StreamEvent.Write(payload.Writer, batch.Records, _table.Options);
        var body = _buffers.Rent();
        failed.Write(body.Writer, payload.Written.Span, _options.FunctionArn, _table.Options, now);
        try
        {
            await _onFailure.WriteAsync(failed.Key(_options.Id, now), body.Written, cancellationToken);
        }
        catch (ServiceException)
        {
            // Lambda counts it in the metric DestinationDeliveryFailures, and the mapping goes on. Any other fault of the destination ends the mapping.
            Interlocked.Add(ref _dropped, batch.Records.Count);
        }

        _buffers.Return(payload);
        _buffers.Return(body);
    }
}

/// <summary>Counts of a stream's mapping since it started.</summary>
/// <param name="Invocations">Invocations of the function.</param>
/// <param name="FailedInvocations">Invocations in which some or all records failed.</param>
/// <param name="Succeeded">Records that the function processed.</param>
/// <param name="GivenUp">Records that were given up.</param>
/// <param name="Dropped">Records among them that the on-failure destination refused: they are lost (Lambda's metric DestinationDeliveryFailures).</param>
/// <param name="Behind">Changes in the stream since the slowest lane's checkpoint; changes of other lanes and filtered ones count too.</param>
public sealed record StreamEventSourceStats(long Invocations, long FailedInvocations, long Succeeded, long GivenUp, long Dropped, long Behind);
