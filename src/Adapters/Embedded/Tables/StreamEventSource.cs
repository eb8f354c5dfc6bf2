using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Adapters.Embedded.Tables;

/// <summary>
/// Lambda's event source mapping of a table's stream: batches in order for each partition key, lanes of keys in parallel, checkpoints
/// by the lowest failure, retries, bisecting, and an on-failure destination. Delivers at least once, from the oldest record on.
/// </summary>
public sealed class StreamEventSource : IChangeReader
{
    private const int PageSize = 1_000;

    /// <summary>Lambda: 6 MB for an event (facts.md, section 5), less what the records are wrapped in.</summary>
    private const int MaxBatchBytes = 5_000_000;

    private readonly Table _table;
    private readonly StreamSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly StreamLane[] _lanes;
    private readonly LaneProcessor _processor;

    private StreamEventSource(Table table, IFunction function, StreamSourceOptions options, IOnFailureDestination onFailure, TimeProvider time, Random random, Dictionary<int, long> checkpoints)
    {
        (_table, _options, _time) = (table, options, time);
        _lanes = [.. Enumerable.Range(0, options.ParallelizationFactor).Select(number =>
            new StreamLane(options.MaxHeldRecords, change => LaneOf(change.Pk) == number && (options.Filter?.Invoke(change) ?? true), checkpoints.GetValueOrDefault(number)))];
        _processor = new LaneProcessor(table, function, options, onFailure, time, random);
    }

    /// <summary>Opens the mapping where it left off; at the oldest record when it is new. Changes are heard of from here on, delivered by <see cref="RunAsync"/>.</summary>
    /// <exception cref="TableException">Lambda would refuse the options.</exception>
    public static async Task<StreamEventSource> OpenAsync(
        Table table, IFunction function, StreamSourceOptions options, IOnFailureDestination onFailure, TimeProvider time, Random random)
    {
        options.Validate();
        var checkpoints = await table.CheckpointsAsync(options.Reader);
        var source = new StreamEventSource(table, function, options, onFailure, time, random, checkpoints);
        table.Subscribe(source);
        return source;
    }

    public StreamSourceStats Stats
    {
        get
        {
            var oldest = _lanes.Min(lane => lane.OldestAtMs);
            var age = oldest is { } at ? _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(at) : TimeSpan.Zero;
            return new StreamSourceStats(_lanes.Sum(lane => lane.Waiting), age, _processor.Delivered, _processor.FailedInvocations, _processor.GivenUp);
        }
    }

    /// <summary>Delivers until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_lanes.Select((lane, number) => RunLaneAsync(lane, number, cancellationToken)));

    void IChangeReader.OnChanges(IReadOnlyList<ChangeRecord> changes)
    {
        foreach (var lane in _lanes)
        {
            lane.Hear(changes);
        }
    }

    private async Task RunLaneAsync(StreamLane lane, int number, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (lane.MustCatchUp)
                {
                    await _table.ReadChangesAsync(lane.Seen, PageSize, page => lane.CatchUp(page, isLast: page.Count < PageSize));
                }

                var batch = await BatchAsync(lane, cancellationToken);
                if (batch.Length > 0)
                {
                    await _processor.ProcessAsync(number, batch, cancellationToken);
                    lane.Remove(batch.Length);
                }
                else if (!lane.MustCatchUp)
                {
                    await lane.WaitAsync(cancellationToken);
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The host stops; what has no checkpoint is delivered again at the next start.
        }
    }

    private async Task<ChangeRecord[]> BatchAsync(StreamLane lane, CancellationToken cancellationToken)
    {
        var batch = lane.Peek(_options.BatchSize, MaxBatchBytes);
        if (batch.Length == 0 || batch.Length == _options.BatchSize || _options.BatchingWindow == TimeSpan.Zero)
        {
            return batch;
        }

        await Task.Delay(_options.BatchingWindow, _time, cancellationToken);
        return lane.Peek(_options.BatchSize, MaxBatchBytes);
    }

    /// <summary>FNV-1a: stable across processes, unlike string.GetHashCode, because checkpoints are kept by lane.</summary>
    private int LaneOf(string partitionKey)
    {
        var hash = 2_166_136_261u;
        foreach (var letter in partitionKey)
        {
            hash = (hash ^ letter) * 16_777_619u;
        }

        return (int)(hash % (uint)_options.ParallelizationFactor);
    }
}

/// <param name="Pending">Records that wait for the function or are with it.</param>
/// <param name="OldestAge">Of the oldest record that waits ("iterator age").</param>
/// <param name="Delivered">Records that the function settled.</param>
/// <param name="FailedInvocations">Invocations that settled not all of their batch.</param>
/// <param name="GivenUp">Records left at the on-failure destination.</param>
public sealed record StreamSourceStats(int Pending, TimeSpan OldestAge, long Delivered, long FailedInvocations, long GivenUp);
