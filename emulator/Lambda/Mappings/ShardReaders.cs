namespace DataToEvents.Emulator.Lambda.Mappings;

/// <summary>The lanes of a mapping in one shard of a stream.</summary>
internal sealed class ShardReaders
{
    private readonly StreamLane[] _lanes;

    /// <param name="shard">What is read.</param>
    /// <param name="source">The mapping.</param>
    /// <param name="options">The mapping's settings.</param>
    /// <param name="stream">The shard's stream.</param>
    /// <param name="time">The clock of the retries.</param>
    /// <param name="random">Draws the pauses between retries.</param>
    public ShardReaders(Shard shard, StreamEventSource source, StreamEventSourceOptions options, ChangeStream stream, TimeProvider time, Random random)
    {
        Shard = shard;

        // The first shard has had the mapping's own name ever since there was only one.
        Name = shard.Number == 0 ? options.Id : $"{options.Id}/{shard.Id}";
        _lanes = [.. Enumerable.Range(0, options.ParallelizationFactor).Select(lane => new StreamLane(lane, this, source, options, stream, time, random))];
    }

    public Shard Shard { get; }

    /// <summary>The name of the mapping and the shard, under which the checkpoints are kept.</summary>
    public string Name { get; }

    public IReadOnlyList<StreamLane> Lanes => _lanes;

    /// <summary>Whether the shard has closed, and all of it is done.</summary>
    public bool HasEnded => Array.TrueForAll(_lanes, lane => lane.HasEnded);

    /// <summary>All lanes are done with every change of the shard up to this sequence number. After its end: the changes of others do not count either.</summary>
    public long Done => HasEnded ? Shard.Until : _lanes.Min(lane => lane.Done);

    /// <summary>Reads until the shard has ended, or until cancelled; <see cref="HasEnded"/> says which of the two.</summary>
    public Task RunAsync(CancellationToken cancellationToken) =>
        Pump.RunAsync(cancellationToken, Array.ConvertAll<StreamLane, Func<CancellationToken, Task>>(_lanes, static lane => lane.RunAsync));
}
