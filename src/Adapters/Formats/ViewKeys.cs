namespace DataToEvents.Adapters.Formats;

/// <summary>
/// Keys of the consumer's table (<c>pk</c>, <c>sk</c>, both strings, no index):
/// <list type="table">
/// <item><term>event</term><description><c>stream#ID</c>, <c>event#KEY</c> (<see cref="EventKey"/>): the envelope, once. Its absence is the condition that makes an event count once.</description></item>
/// <item><term>stream</term><description><c>stream#ID</c>, <c>stream</c>: count, highest sequence, and which event that is.</description></item>
/// <item><term>counter</term><description><c>count#SHARD</c>, <c>type#TYPE</c>: events of the type, and streams whose first event it was.</description></item>
/// <item><term>feed</term><description><c>feed#SHARD</c> and <c>feed#SHARD#TYPE</c>, <c>TIME#DIGEST</c>: which event was applied then.</description></item>
/// </list>
/// Counters and feeds are spread over shards by a digest of stream and event key: one item, and one partition, takes 1,000 write units a second,
/// and transactions that meet on an item cancel each other. A reader asks every shard and merges. Feed items only name the event, so that
/// a write costs the envelope's size once; a secondary index would save two of the five writes, but lags behind its table.
/// </summary>
public sealed class ViewKeys(int shards = ViewKeys.DefaultShards)
{
    public const int DefaultShards = 16;

    public const string StreamSortKey = "stream";

    // DynamoDB: bytes of a partition key and of a sort key.
    private const int MaxPartitionKey = 2_048;
    private const int MaxSortKey = 1_024;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public IEnumerable<int> Shards => Enumerable.Range(0, shards);

    public static string Stream(StreamId stream) => Bounded("stream", stream.Value, MaxPartitionKey);

    public static PrimaryKey StreamRow(StreamId stream) => new(Stream(stream), StreamSortKey);

    public static PrimaryKey Event(DataEvent applied) => new(Stream(applied.Stream), $"event#{applied.Key}");

    public static string Counters(int shard) => string.Create(CultureInfo.InvariantCulture, $"count#{shard}");

    /// <param name="shard">Which shard.</param>
    /// <param name="type">Null: the feed of all types.</param>
    public static string Feed(int shard, string? type) => type is null
        ? string.Create(CultureInfo.InvariantCulture, $"feed#{shard}")
        : Bounded(string.Create(CultureInfo.InvariantCulture, $"feed#{shard}"), type, MaxPartitionKey);

    public static string FeedSortKey(DateTimeOffset appliedAt, ulong digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{appliedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}#{digest:x16}");

    public int Shard(ulong digest) => (int)(digest % (ulong)shards);

    public PrimaryKey Counter(ulong digest, string type) => new(Counters(Shard(digest)), Bounded("type", type, MaxSortKey));

    public static ulong Digest(PrimaryKey key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Partition.Length}:{key.Partition}{key.Sort}"));
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>A name that is too long for the key is replaced by its hash, with a prefix that no other name has.</summary>
    private static string Bounded(string prefix, string name, int maxBytes) =>
        Encoding.UTF8.GetByteCount(name) + prefix.Length + 1 <= maxBytes
            ? $"{prefix}#{name}"
            : $"{prefix}-sha256#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
}
