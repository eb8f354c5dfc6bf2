namespace DataToEvents.Emulator.Tables;

/// <summary>
/// A shard of a table's stream: the changes of some of its items, in order. DynamoDB splits the partition behind a shard when it is hot or full: the shard closes, and two
/// others go on with its items (Amazon DynamoDB Developer Guide, "Change data capture for DynamoDB Streams").
/// </summary>
/// <param name="number">Counts from 0 on.</param>
/// <param name="parent">The shard that was split; null: the table began with this one.</param>
/// <param name="low">The lowest <see cref="ChangeRecord.Place"/> of its items.</param>
/// <param name="high">The highest one.</param>
/// <param name="after">The last change before it.</param>
/// <param name="until">Its last change; <see cref="StillOpen"/> while it is open.</param>
internal sealed class Shard(long number, long? parent, ulong low, ulong high, long after, long until = Shard.StillOpen)
{
    public const long StillOpen = long.MaxValue;

    private long _until = until;

    public long Number => number;

    public long? Parent => parent;

    public ulong Low => low;

    public ulong High => high;

    public long After => after;

    public long Until => Volatile.Read(ref _until);

    public bool IsOpen => Until == StillOpen;

    public string Id => IdOf(number);

    /// <summary>The shards of a new table: each holds an equal share of all places.</summary>
    public static List<Shard> First(int partitions)
    {
        var share = (ulong.MaxValue / (ulong)partitions) + 1;
        return [.. Enumerable.Range(0, partitions).Select(number => new Shard(
            number, null, (ulong)number * share, number == partitions - 1 ? ulong.MaxValue : (((ulong)number + 1) * share) - 1, 0))];
    }

    public static string IdOf(long number) => string.Create(CultureInfo.InvariantCulture, $"shardId-00000001700000000000-{number:x8}");

    public bool HoldsItem(ulong place) => place >= low && place <= high;

    public bool Holds(ChangeRecord change) => change.Sequence > after && change.Sequence <= Until && (HoldsAllItems || HoldsItem(change.Place));

    private bool HoldsAllItems => low == ulong.MinValue && high == ulong.MaxValue;

    /// <summary>No change after this one belongs to it.</summary>
    public void Close(long last) => Volatile.Write(ref _until, last);
}
