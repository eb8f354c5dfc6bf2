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
        var (place, appliedAt) = (StreamSequence.Of(received, sequence), _clock.Next());
        return table.TransactAsync(items => Apply(items, received, place, appliedAt));
    }

    /// <inheritdoc/>
    public async Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken)
    {
        var byType = new Dictionary<string, long>();
        var streams = 0L;
        foreach (var shard in _keys.Shards)
        {
            await foreach (var counter in AllAsync(ViewKeys.CountersOf(shard), default))
            {
                var type = Text(counter, ViewAttributes.Type)!;
                byType[type] = byType.GetValueOrDefault(type) + Number(counter, ViewAttributes.Events);
                streams += Number(counter, ViewAttributes.Streams);
            }
        }

        return new ViewSummary(byType.Values.Sum(), streams, byType);
    }

    /// <inheritdoc/>
    public async Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var row = ViewKeys.StreamRow(stream);
        if (await table.GetAsync(row.Partition, row.Sort) is not { } found)
        {
            return null;
        }

        // Versions before 0.7 counted in the stream's row, and named the latest event there.
        var old = Parse(found);
        var events = Number(old, ViewAttributes.Events);
        await foreach (var counter in AllAsync(row.Partition, ViewKeys.StreamCounters))
        {
            events += Number(counter, ViewAttributes.Events);
        }

        var history = await table.QueryAsync(ViewKeys.History(stream), limit: 1, descending: true);
        var latest = history.Items.Count > 0 ? Named(Parse(history.Items[0])) : new PrimaryKey(row.Partition, Text(old, ViewAttributes.Latest)!);
        var item = await table.GetAsync(latest.Partition, latest.Sort);
        return new StreamSummary(stream, events, Envelope(Parse(item!.Value)));
    }

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
                (Text(item, EventItem.SortKey)!, Named(item)))
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
        var stream = ViewKeys.StreamRow(received.Stream);
        var isFirst = items.Get(stream.Partition, stream.Sort) is null;
        if (isFirst)
        {
            Put(items, stream, static _ => { });
        }

        // One counter does: calls of this process do not meet.
        CountInStream(items, ViewKeys.StreamCounter(received.Stream, 0));
        CountType(items, _keys.Counter((ulong)_keys.Shard(digest), received.Type), received.Type, isFirst ? 1 : 0);
        var (shard, position) = (_keys.Shard(digest), ViewKeys.FeedSortKey(appliedAt, digest));
        PutName(items, new PrimaryKey(ViewKeys.Feed(shard, null), position), key);
        PutName(items, new PrimaryKey(ViewKeys.Feed(shard, received.Type), position), key);
        PutName(items, ViewKeys.InHistory(received, sequence, digest), key);
        if (lookups)
        {
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

    private static void CountInStream(ItemTransaction items, PrimaryKey key)
    {
        var events = Number(Find(items, key), ViewAttributes.Events) + 1;
        Put(items, key, json => WriteNumber(json, ViewAttributes.Events, events));
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

    private async IAsyncEnumerable<JsonElement> AllAsync(string partition, ListRange range)
    {
        var after = range.After;
        do
        {
            var page = await table.QueryAsync(partition, after);
            foreach (var item in page.Items.Select(Parse))
            {
                if (!range.Contains(Text(item, EventItem.SortKey)!))
                {
                    yield break;
                }

                yield return item;
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

    /// <returns>0 if there is no such number.</returns>
    private static long Number(JsonElement? item, string name) =>
        item is { } found && found.TryGetProperty(name, out var number) ? long.Parse(number.GetProperty("N").GetString()!, CultureInfo.InvariantCulture) : 0;

    /// <summary>The event that an item of a list names.</summary>
    private static PrimaryKey Named(JsonElement item) => new(Text(item, ViewAttributes.EventPartition)!, Text(item, ViewAttributes.EventSort)!);

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
