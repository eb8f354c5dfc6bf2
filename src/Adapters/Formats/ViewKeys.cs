using DataToEvents.Application.EventResponder;

namespace DataToEvents.Adapters.Formats;

/// <summary>
/// Keys of the consumer's table (<c>pk</c>, <c>sk</c>, both strings, no index):
/// <list type="table">
/// <item><term>event</term><description><c>stream#ID</c>, <c>event#KEY</c> (<see cref="EventKey"/>): the envelope, once. Its absence is the condition that makes an event count once.</description></item>
/// <item><term>stream</term><description><c>stream#ID</c>, <c>stream</c>: says that there is such a stream. Its first event writes it, and no other.</description></item>
/// <item><term>stream counter</term><description><c>stream#ID</c>, <c>count#NUMBER</c>: events of the stream.</description></item>
/// <item><term>counter</term><description><c>count#SHARD</c>, <c>type-NUMBER#TYPE</c>: events of the type, and streams whose first event it was.</description></item>
/// <item><term>feed</term><description><c>feed#SHARD</c> and <c>feed#SHARD#TYPE</c>, <c>TIME#DIGEST</c>: which event was applied then.</description></item>
/// <item><term>history</term><description><c>history#ID</c>, <c>SEQUENCE#DIGEST</c>: which event of the stream has that sequence.</description></item>
/// <item><term>lookup</term><description><c>id#EVENT-ID</c>, <c>SHA-256 of the source#DIGEST</c>: which event has that id and source.</description></item>
/// </list>
/// DynamoDB cancels transactions that meet on an item, so no item is written by all transactions of a stream or of a type: counts are spread over many counters by
/// a digest of stream and event key, and a stream's latest event is the last of its history. Counters and feeds of a type lie in several partitions (shards), as a
/// partition takes 1,000 write units a second. A reader asks every shard and merges. Items of feeds, histories and lookups only name the event,
/// so that a write costs the envelope's size once; secondary indexes would save four of the seven writes, but lag behind their table. Lookups can be left out.
/// </summary>
public sealed class ViewKeys(int shards = ViewKeys.DefaultShards)
{
    public const int DefaultShards = 16;

    public const string StreamSortKey = "stream";

    /// <summary>The number of counters of a stream, and of a type (in all shards together).</summary>
    private const int Counters = 128;

    private const string CounterPrefix = "count#";

    // DynamoDB: bytes of a partition key and of a sort key.
    private const int MaxPartitionKey = 2_048;
    private const int MaxSortKey = 1_024;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'";

    public IEnumerable<int> Shards => Enumerable.Range(0, shards);

    public static string Stream(StreamId stream) => Bounded("stream", stream.Value, MaxPartitionKey);

    public static PrimaryKey StreamRow(StreamId stream) => new(Stream(stream), StreamSortKey);

    /// <summary>One of the counters of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="number">Which one: any number does.</param>
    public static PrimaryKey StreamCounter(StreamId stream, ulong number) =>
        new(Stream(stream), string.Create(CultureInfo.InvariantCulture, $"{CounterPrefix}{number % Counters}"));

    /// <summary>The counters of a stream, among the items of its partition.</summary>
    public static ListRange StreamCounters { get; } = new(CounterPrefix, "count$", IsBackwards: false);

    public static bool IsStreamCounter(string sortKey) => sortKey.StartsWith(CounterPrefix, StringComparison.Ordinal);

    public static PrimaryKey Event(DataEvent applied) => new(Stream(applied.Stream), $"event#{applied.Key}");

    public static string CountersOf(int shard) => string.Create(CultureInfo.InvariantCulture, $"count#{shard}");

    /// <param name="shard">Which shard.</param>
    /// <param name="type">Null: the feed of all types.</param>
    public static string Feed(int shard, string? type) => type is null
        ? string.Create(CultureInfo.InvariantCulture, $"feed#{shard}")
        : Bounded(string.Create(CultureInfo.InvariantCulture, $"feed#{shard}"), type, MaxPartitionKey);

    public static string FeedSortKey(DateTimeOffset appliedAt, ulong digest) =>
        string.Create(CultureInfo.InvariantCulture, $"{TimeText(appliedAt)}#{digest:x16}");

    /// <summary>The part of a feed that holds the selected events, last applied first.</summary>
    /// <param name="selection">Which events.</param>
    /// <param name="before">Only events before this sort key; null: from the last one on.</param>
    public static ListRange FeedRange(EventSelection selection, string? before)
    {
        // A time alone is no sort key, and comes before all sort keys that begin with it.
        var to = selection.To is { } end ? TimeText(end) : null;
        return new ListRange(
            selection.From is { } start ? TimeText(start) : null,
            to is null || string.CompareOrdinal(before, to) < 0 ? before ?? to : to,
            IsBackwards: true);
    }

    public static string History(StreamId stream) => Bounded("history", stream.Value, MaxPartitionKey);

    /// <param name="applied">The event.</param>
    /// <param name="sequence">Its place in the stream, see <see cref="StreamSequence.Of"/>.</param>
    /// <param name="digest">Of its <see cref="Event"/>.</param>
    public static PrimaryKey InHistory(DataEvent applied, string sequence, ulong digest) =>
        new(History(applied.Stream), string.Create(CultureInfo.InvariantCulture, $"{sequence}#{digest:x16}"));

    public static string WithId(EventId id) => Bounded("id", id.Value, MaxPartitionKey);

    public static PrimaryKey ById(DataEvent applied, ulong digest) =>
        new(WithId(applied.Id), string.Create(CultureInfo.InvariantCulture, $"{SourceText(applied.Source)}#{digest:x16}"));

    /// <summary>The part of a <see cref="WithId"/> that holds the events of a source; null: of every source.</summary>
    public static ListRange OfSource(string? source, string? after)
    {
        if (source is null)
        {
            return new ListRange(after, null, IsBackwards: false);
        }

        var first = SourceText(source) + "#";
        return new ListRange(string.CompareOrdinal(after, first) > 0 ? after : first, first + "g", IsBackwards: false);
    }

    public int Shard(ulong digest) => (int)(digest % (ulong)shards);

    /// <summary>One of the counters of a type.</summary>
    /// <param name="number">Which one: any number does.</param>
    /// <param name="type">The type.</param>
    public PrimaryKey Counter(ulong number, string type) => new(
        CountersOf(Shard(number)),
        Bounded(string.Create(CultureInfo.InvariantCulture, $"type-{number / (ulong)shards % Math.Max(1, (ulong)(Counters / shards))}"), type, MaxSortKey));

    public static ulong Digest(PrimaryKey key)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{key.Partition.Length}:{key.Partition}{key.Sort}"));
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }

    /// <summary>A time in a feed, and in <see cref="ViewAttributes.Applied"/>.</summary>
    public static string TimeText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static string SourceText(string source) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));

    /// <summary>A name that is too long for the key is replaced by its hash, with a prefix that no other name has.</summary>
    private static string Bounded(string prefix, string name, int maxBytes) =>
        Encoding.UTF8.GetByteCount(name) + prefix.Length + 1 <= maxBytes
            ? $"{prefix}#{name}"
            : $"{prefix}-sha256#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}";
}
