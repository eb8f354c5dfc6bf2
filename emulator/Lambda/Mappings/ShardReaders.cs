namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The lanes of a mapping in one shard of a stream, and their checkpoints.</summary>
internal sealed class ShardReaders
{
    /// <summary>An idle lane's checkpoint is written along with another one once it is this many changes behind.</summary>
    private const int IdleLag = 5_000;

    private readonly Checkpoints _checkpoints;
    private readonly StreamLane[] _lanes;

    private ShardReaders(Shard shard, Checkpoints checkpoints, StreamEventSource source, StreamEventSourceOptions options, ChangeStream stream, TimeProvider time, Random random)
    {
        (Shard, _checkpoints) = (shard, checkpoints);
        _lanes = [.. Enumerable.Range(0, options.ParallelizationFactor).Select(lane => new StreamLane(lane, this, source, options, stream, time, random))];
    }

    public Shard Shard { get; }

    /// <summary>Whether the shard has closed, and all of it is done.</summary>
    public bool HasEnded => Array.TrueForAll(_lanes, lane => lane.HasEnded);

    /// <summary>All lanes are done with every change of the shard up to this sequence number. After its end: the changes of others do not count either.</summary>
    public long Done => HasEnded ? Shard.Until : _lanes.Min(lane => lane.Done);

    /// <summary>Opens the lanes at their checkpoints, or at the beginning of the shard.</summary>
    public static async Task<ShardReaders> OpenAsync(
        Database database, Shard shard, StreamEventSource source, StreamEventSourceOptions options, ChangeStream stream, TimeProvider time, Random random)
    {
        // The first shard has had the mapping's own name ever since there was only one.
        var name = shard.Number == 0 ? options.Id : $"{options.Id}/{shard.Id}";
        var readers = new ShardReaders(shard, new Checkpoints(database, name, options.ParallelizationFactor), source, options, stream, time, random);
        var positions = await database.InTransactionAsync(connection => readers._checkpoints.Load(connection, shard.After));
        for (var lane = 0; lane < positions.Length; lane++)
        {
            readers._lanes[lane].StartAt(positions[lane]);
        }

        return readers;
    }

    /// <summary>Reads until the shard has ended, or until cancelled; <see cref="HasEnded"/> says which of the two.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Pump.RunAsync(cancellationToken, Array.ConvertAll<StreamLane, Func<CancellationToken, Task>>(_lanes, static lane => lane.RunAsync));

    public async Task SaveCheckpointAsync(StreamLane lane, long sequence)
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
}
