using System.Runtime.CompilerServices;
using DataToEvents.Application.EventResponder;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The consumer's view in this process: the same items as on AWS (see <see cref="ViewKeys"/>), in a table of the emulator.</summary>
/// <param name="table">The consumer's table.</param>
/// <param name="time">The clock of the feed.</param>
/// <param name="lookups">See <see cref="HasLookups"/>.</param>
public sealed class EmbeddedStreamView(ItemTable table, TimeProvider time, bool lookups = true) : IStreamView, IViewQueries
{
    /// <summary>Envelopes that are in memory together while events are listed.</summary>
    private const int ReadAtOnce = 100;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    private readonly ViewKeys _keys = new();
    private readonly AppliedClock _clock = new(time);

    /// <inheritdoc/>
    public bool HasLookups => lookups;

    /// <inheritdoc/>
    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        var (padded, appliedAt) = (StreamSequence.Padded(sequence), _clock.Next());
        return table.TransactAsync(items => Apply(items, received, padded, appliedAt));
    }

    /// <inheritdoc/>
    public async Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken)
    {
        var byType = new Dictionary<string, long>();
        var streams = 0L;
        foreach (var shard in _keys.Shards)
        {
            await foreach (var counter in AllAsync(ViewKeys.Counters(shard)))
            {
                var type = Text(counter, ViewAttributes.Type)!;
                byType[type] = byType.GetValueOrDefault(type) + Number(counter, ViewAttributes.Events);
                streams += Number(counter, ViewAttributes.Streams);
            }
        }

        return new ViewSummary(byType.Values.Sum(), streams, byType);
    }

    /// <inheritdoc/>
    public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken) => table.TransactAsync(items =>
    {
        if (Find(items, ViewKeys.StreamRow(stream)) is not { } row)
        {
            return null;
        }

        var latest = Find(items, new PrimaryKey(ViewKeys.Stream(stream), Text(row, ViewAttributes.Latest)!))!.Value;
        return new StreamSummary(stream, Number(row, ViewAttributes.Events), Envelope(latest));
    });

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedEvent> EventsAsync(EventSelection selection, string? before, int limit, CancellationToken cancellationToken) =>
        ListAsync(_keys.Shards.Select(shard => ViewKeys.Feed(shard, selection.Type)), ViewKeys.FeedRange(selection, before), limit, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedEvent> HistoryAsync(StreamId stream, string? after, int limit, CancellationToken cancellationToken) =>
        ListAsync([ViewKeys.History(stream)], new ListRange(after, null, IsBackwards: false), limit, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ListedEvent> WithIdAsync(EventId id, string? source, string? after, int limit, CancellationToken cancellationToken) =>
        ListAsync([ViewKeys.WithId(id)], ViewKeys.OfSource(source, after), limit, cancellationToken);

    private async IAsyncEnumerable<ListedEvent> ListAsync(IEnumerable<string> shards, ListRange range, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Every shard can hold all of the events alone.
        var found = new List<(string Position, PrimaryKey Event)>();
        foreach (var shard in shards)
        {
            var page = await table.QueryAsync(shard, range.IsBackwards ? range.Before : range.After, limit, range.IsBackwards);
            found.AddRange(page.Items.Select(Parse).Select(item =>
                (Text(item, EventItem.SortKey)!, new PrimaryKey(Text(item, ViewAttributes.EventPartition)!, Text(item, ViewAttributes.EventSort)!)))
                .TakeWhile(entry => range.Contains(entry.Item1)));
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Position, other.Position) * (range.IsBackwards ? -1 : 1));
        foreach (var chunk in found.Take(limit).Chunk(ReadAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var listed in await table.TransactAsync(items => Array.ConvertAll(chunk, entry => new ListedEvent(entry.Position, Envelope(Find(items, entry.Event)!.Value)))))
            {
                yield return listed;
            }
        }
    }

    private bool Apply(ItemTransaction items, DataEvent received, string sequence, DateTimeOffset appliedAt)
    {
        var key = ViewKeys.Event(received);
        if (items.Get(key.Partition, key.Sort) is not null)
        {
            return false;
        }

        var digest = ViewKeys.Digest(key);
        Put(items, key, json => WriteText(json, ViewAttributes.Envelope, received.Envelope.Span));
        var isNew = CountStream(items, received.Stream, sequence, key.Sort);
        CountType(items, _keys.Counter(digest, received.Type), received.Type, isNew ? 1 : 0);
        var (shard, position) = (_keys.Shard(digest), ViewKeys.FeedSortKey(appliedAt, digest));
        PutName(items, new PrimaryKey(ViewKeys.Feed(shard, null), position), key);
        PutName(items, new PrimaryKey(ViewKeys.Feed(shard, received.Type), position), key);
        if (lookups)
        {
            PutName(items, ViewKeys.InHistory(received, sequence, digest), key);
            PutName(items, ViewKeys.ById(received, digest), key, json => WriteText(json, ViewAttributes.Applied, ViewKeys.TimeText(appliedAt)));
        }

        return true;
    }

    /// <summary>An item of a list, which only names the event.</summary>
    private static void PutName(ItemTransaction items, PrimaryKey name, PrimaryKey named, Action<Utf8JsonWriter>? more = null) => Put(items, name, json =>
    {
        WriteText(json, ViewAttributes.EventPartition, named.Partition);
        WriteText(json, ViewAttributes.EventSort, named.Sort);
        more?.Invoke(json);
    });

    /// <returns>Whether this is the stream's first event.</returns>
    private static bool CountStream(ItemTransaction items, StreamId stream, string sequence, string eventSort)
    {
        var key = ViewKeys.StreamRow(stream);
        var row = Find(items, key);
        var isLatest = row is null || string.CompareOrdinal(sequence, Text(row.Value, ViewAttributes.Sequence)) >= 0;
        Put(items, key, json =>
        {
            WriteNumber(json, ViewAttributes.Events, Number(row, ViewAttributes.Events) + 1);
            WriteText(json, ViewAttributes.Sequence, isLatest ? sequence : Text(row!.Value, ViewAttributes.Sequence)!);
            WriteText(json, ViewAttributes.Latest, isLatest ? eventSort : Text(row!.Value, ViewAttributes.Latest)!);
        });
        return row is null;
    }

    private static void CountType(ItemTransaction items, PrimaryKey key, string type, int newStreams)
    {
        var counter = Find(items, key);
        Put(items, key, json =>
        {
            WriteText(json, ViewAttributes.Type, type);
            WriteNumber(json, ViewAttributes.Events, Number(counter, ViewAttributes.Events) + 1);
            WriteNumber(json, ViewAttributes.Streams, Number(counter, ViewAttributes.Streams) + newStreams);
        });
    }

    private async IAsyncEnumerable<JsonElement> AllAsync(string partition)
    {
        string? after = null;
        do
        {
            var page = await table.QueryAsync(partition, after);
            foreach (var item in page.Items)
            {
                yield return Parse(item);
            }

            after = page.Next;
        }
        while (after is not null);
    }

    private static JsonElement? Find(ItemTransaction items, PrimaryKey key) =>
        items.Get(key.Partition, key.Sort) is { } item ? Parse(item) : (JsonElement?)null;

    private static void Put(ItemTransaction items, PrimaryKey key, Action<Utf8JsonWriter> writeAttributes)
    {
        using var item = new PooledBytes(512);
        using var json = new Utf8JsonWriter(item, EventJsonOptions);
        json.WriteStartObject();
        WriteText(json, EventItem.PartitionKey, key.Partition);
        WriteText(json, EventItem.SortKey, key.Sort);
        writeAttributes(json);
        json.WriteEndObject();
        json.Flush();
        items.Put(item.Written);
    }

    private static readonly JsonWriterOptions EventJsonOptions = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static JsonElement Parse(ReadOnlyMemory<byte> item)
    {
        var reader = new Utf8JsonReader(item.Span);
        return JsonElement.ParseValue(ref reader);
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetProperty("S").GetString();

    private static long Number(JsonElement? item, string name) =>
        item is { } found ? long.Parse(found.GetProperty(name).GetProperty("N").GetString()!, CultureInfo.InvariantCulture) : 0;

    private static ReadOnlyMemory<byte> Envelope(JsonElement item) => Utf8.GetBytes(Text(item, ViewAttributes.Envelope)!);

    private static void WriteText(Utf8JsonWriter json, string name, ReadOnlySpan<byte> value)
    {
        json.WriteStartObject(name);
        json.WriteQuotedJson("S"u8, value);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject(name);
        json.WriteString("S"u8, value);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long value)
    {
        json.WriteStartObject(name);
        json.WriteString("N"u8, value.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
