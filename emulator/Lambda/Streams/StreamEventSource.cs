using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Storage;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Lambda.Streams;

/// <summary>Lambda's event source mapping for a table's stream. A record that fails holds back its own lane only.</summary>
public sealed class StreamEventSource
{
    /// <summary>An idle lane's checkpoint is written along with another's once it is so many changes behind.</summary>
    private const int IdleLag = 5_000;
    private const string ShardId = "shardId-00000001700000000000-00000000";

    private readonly ItemTable _table;
    private readonly IInvocable _function;
    private readonly StreamEventSourceOptions _options;
    private readonly IOnFailureDestination? _onFailure;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly Checkpoints _checkpoints;
    private readonly StreamLane[] _lanes;
    private readonly EventBuffers _buffers = new();
    private long _invocations;
    private long _failedInvocations;
    private long _succeeded;
    private long _givenUp;

    private StreamEventSource(
        Database database, ItemTable table, IInvocable function, StreamEventSourceOptions options, IOnFailureDestination? onFailure, TimeProvider time, Random random)
    {
        (_table, _function, _options, _onFailure, _time, _random) = (table, function, options, onFailure, time, random);
        _checkpoints = new Checkpoints(database, options.Id, options.ParallelizationFactor);
        _lanes = [.. Enumerable.Range(0, options.ParallelizationFactor).Select(lane => new StreamLane(lane, this, options, table.Log, time, random))];
    }

    public StreamEventSourceStats Stats => new(
        Interlocked.Read(ref _invocations), Interlocked.Read(ref _failedInvocations), Interlocked.Read(ref _succeeded), Interlocked.Read(ref _givenUp),
        Math.Max(0, _table.Log.Last - Done));

    private long Done => _lanes.Min(lane => lane.Done);

    /// <summary>Opens the mapping where it was left, or creates it at the oldest change that is kept.</summary>
    /// <param name="database">The table's.</param>
    /// <param name="table">Whose stream is read.</param>
    /// <param name="function">What is invoked.</param>
    /// <param name="options">Lambda's settings.</param>
    /// <param name="onFailure">Null: records given up are discarded, as with Lambda.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">For the pauses between retries and for request ids.</param>
    /// <exception cref="TableException">Lambda would refuse the mapping.</exception>
    public static async Task<StreamEventSource> OpenAsync(
        Database database, ItemTable table, IInvocable function, StreamEventSourceOptions options, IOnFailureDestination? onFailure, TimeProvider time, Random random)
    {
        options.Validate();
        Checkpoints.Define(database);
        var source = new StreamEventSource(database, table, function, options, onFailure, time, random);
        var positions = await database.InTransactionAsync(source._checkpoints.Load);
        for (var lane = 0; lane < positions.Length; lane++)
        {
            source._lanes[lane].StartAt(positions[lane]);
        }

        table.AddReader(() => source.Done);
        return source;
    }

    /// <summary>Serves the stream until cancelled. A fault of the table, the function's host or the destination ends it with that exception.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAll(_lanes.Select(lane => ServeAsync(lane, stop)));
    }

    internal async Task<InvocationResult> InvokeAsync(StreamBatch batch, CancellationToken cancellationToken)
    {
        var buffer = _buffers.Rent();
        StreamEvent.Write(buffer.Writer, batch.Records, _table.Options);
        var answer = await _function.InvokeAsync(buffer.Written, cancellationToken);
        _buffers.Return(buffer);
        Interlocked.Increment(ref _invocations);
        var succeeded = batch.Succeeded(answer, _options.ReportBatchItemFailures);
        Interlocked.Add(ref _succeeded, succeeded);
        Interlocked.Add(ref _failedInvocations, succeeded < batch.Records.Count ? 1 : 0);
        return answer;
    }

    internal async Task GiveUpAsync(StreamBatch batch, string condition, bool functionError, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _givenUp, batch.Records.Count);
        if (_onFailure is null)
        {
            return;
        }

        var now = _time.GetUtcNow();
        var failed = new FailedBatch(batch.Records, condition, batch.Invocations, functionError, ShardId, NewRequestId());
        var payload = _buffers.Rent();
        StreamEvent.Write(payload.Writer, batch.Records, _table.Options);
        var body = _buffers.Rent();
        failed.Write(body.Writer, payload.Written.Span, _options.FunctionArn, _table.Options, now);
        await _onFailure.WriteAsync(failed.Key(_options.Id, now), body.Written, cancellationToken);
        _buffers.Return(payload);
        _buffers.Return(body);
    }

    internal async Task SaveCheckpointAsync(StreamLane lane, long sequence)
    {
        var positions = new List<(int, long)> { (lane.Number, sequence) };
        lane.Saved = sequence;
        foreach (var other in _lanes)
        {
            var done = other.Done;
            if (other != lane && done - other.Saved > IdleLag)
            {
                other.Saved = done;
                positions.Add((other.Number, done));
            }
        }

        await _checkpoints.SaveAsync(positions);
    }

    private static async Task ServeAsync(StreamLane lane, CancellationTokenSource stop)
    {
        try
        {
            await lane.RunAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The host stops: what was not checkpointed is told again.
        }
        catch
        {
            stop.Cancel();
            throw;
        }
    }

    private Guid NewRequestId()
    {
        Span<byte> bytes = stackalloc byte[16];
        lock (_random)
        {
            _random.NextBytes(bytes);
        }

        return new Guid(bytes);
    }
}

/// <summary>What an event source did since it started.</summary>
/// <param name="Invocations">Of the function.</param>
/// <param name="FailedInvocations">Those after which some or all records were left.</param>
/// <param name="Succeeded">Records that the function processed.</param>
/// <param name="GivenUp">Records that went to the on-failure destination.</param>
/// <param name="Behind">Changes in the stream since the slowest lane's checkpoint; those of other lanes and filtered ones count.</param>
public sealed record StreamEventSourceStats(long Invocations, long FailedInvocations, long Succeeded, long GivenUp, long Behind);
