using System.Runtime.CompilerServices;
using DataToEvents.Application.EventResponder;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Adapters.Embedded;

/// <summary>The consumer's view in this process: the same items as on AWS (see <see cref="ViewKeys"/>), in a table of the emulator.</summary>
/// <param name="table">The consumer's table.</param>
/// <param name="time">The clock of the feed.</param>
/// <param name="lookups">See <see cref="HasLookups"/>.</param>
public sealed class EmbeddedStreamView(ItemTable table, TimeProvider time, bool lookups = true) : ViewLists(new ViewKeys()), IStreamView, IViewQueries
{
    /// <summary>Envelopes that are in memory together while events are listed.</summary>
    private const int ReadAtOnce = 100;

    private readonly AppliedClock _clock = new(time);

    /// <inheritdoc/>
    public bool HasLookups => lookups;

    /// <inheritdoc/>
    public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        // All that does not depend on what is stored is written here, not by the one thread that all transactions share.
        var key = ViewKeys.Event(received);
        var applied = new ItemWriter(table, key.Partition, key.Sort).Text(ViewAttributes.Envelope, received.Envelope.Span, QuotedJson.WriteQuotedJson).End();
        var digest = ViewKeys.Digest(key);
        var names = Names(received, StreamSequence.Of(received, sequence), key, digest);
        return table.TransactAsync(items => Apply(items, applied, names, received, digest));
    }

    /// <inheritdoc/>
    public async Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken)
    {
        var byType = new Dictionary<string, long>();
        var streams = 0L;
        foreach (var shard in Keys.Shards)
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
        var events = Number(found, ViewAttributes.Events);
        await foreach (var counter in AllAsync(row.Partition, ViewKeys.StreamCounters))
        {
            events += Number(counter, ViewAttributes.Events);
        }

        var history = await table.QueryAsync(ViewKeys.History(stream), limit: 1, descending: true);
        var latest = history.Items.Count > 0 ? Named(history.Items[0]) : new PrimaryKey(row.Partition, Text(found, ViewAttributes.Latest)!);
        var item = await table.GetAsync(latest.Partition, latest.Sort);
        return new StreamSummary(stream, events, Envelope(item!.Value));
    }

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ListedEvent> ListAsync(IEnumerable<string> shards, ListRange range, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Every shard can hold all of the events alone.
        var found = new List<(string Position, PrimaryKey Event)>();
        foreach (var shard in shards)
        {
            var page = await table.QueryAsync(shard, range.IsBackwards ? range.Before : range.After, limit, range.IsBackwards);
            found.AddRange(page.Items.Select(item =>
                (Text(item, EventItem.SortKey)!, Named(item)))
                .TakeWhile(entry => range.Contains(entry.Item1)));
        }

        found.Sort((one, other) => string.CompareOrdinal(one.Position, other.Position) * (range.IsBackwards ? -1 : 1));
        foreach (var chunk in found.Take(limit).Chunk(ReadAtOnce))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var listed in await table.TransactAsync(items => Array.ConvertAll(chunk, entry => new ListedEvent(entry.Position, Envelope(items.Get(entry.Event.Partition, entry.Event.Sort)!.Value)))))
            {
                yield return listed;
            }
        }
    }

    /// <summary>The items of lists that name the event.</summary>
    private ItemWriter[] Names(DataEvent received, string place, PrimaryKey named, ulong digest)
    {
        var appliedAt = _clock.Next();
        var (shard, position) = (Keys.Shard(digest), ViewKeys.FeedSortKey(appliedAt, digest));
        ItemWriter[] names =
        [
            Name(new PrimaryKey(ViewKeys.Feed(shard, null), position), named).End(),
            Name(new PrimaryKey(ViewKeys.Feed(shard, received.Type), position), named).End(),
            Name(ViewKeys.InHistory(received, place, digest), named).End(),
        ];
        return lookups ? [.. names, Name(ViewKeys.ById(received, digest), named).Text(ViewAttributes.Applied, ViewKeys.TimeText(appliedAt)).End()] : names;
    }

    private ItemWriter Name(PrimaryKey name, PrimaryKey named) => Item(name)
        .Text(ViewAttributes.EventPartition, named.Partition)
        .Text(ViewAttributes.EventSort, named.Sort);

    private bool Apply(ItemTransaction items, ItemWriter applied, ItemWriter[] names, DataEvent received, ulong digest)
    {
        if (!items.Insert(applied))
        {
            return false;
        }

        var stream = ViewKeys.StreamRow(received.Stream);
        var isFirst = items.Get(stream.Partition, stream.Sort) is null;
        if (isFirst)
        {
            items.Insert(Item(stream));
        }

        // One counter does: calls of this process do not meet.
        Count(items, ViewKeys.StreamCounter(received.Stream, 0), static (counter, _) => counter);
        Count(items, Keys.Counter((ulong)Keys.Shard(digest), received.Type), (counter, old) => counter
            .Text(ViewAttributes.Type, received.Type)
            .Number(ViewAttributes.Streams, Number(old, ViewAttributes.Streams) + (isFirst ? 1 : 0)));
        Array.ForEach(names, name => items.Insert(name));
        return true;
    }

    /// <summary>Adds one to a counter's events.</summary>
    private void Count(ItemTransaction items, PrimaryKey key, Func<ItemWriter, ReadOnlyMemory<byte>?, ItemWriter> more) => items.Update(
        key.Partition, key.Sort, old => more(Item(key), old).Number(ViewAttributes.Events, Number(old, ViewAttributes.Events) + 1));

    private ItemWriter Item(PrimaryKey key) => new(table, key.Partition, key.Sort);

    private async IAsyncEnumerable<ReadOnlyMemory<byte>> AllAsync(string partition, ListRange range)
    {
        var after = range.After;
        do
        {
            var page = await table.QueryAsync(partition, after);
            foreach (var item in page.Items)
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

    private static string? Text(ReadOnlyMemory<byte>? item, string name)
    {
        var reader = new Utf8JsonReader(item.GetValueOrDefault().Span);
        while (item is not null && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                var isWanted = reader.ValueTextEquals(name);
                // The value is an object of one property: {"S":"..."}.
                reader.Read();
                if (isWanted)
                {
                    return reader.Read() && reader.Read() ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }

        return null;
    }

    /// <returns>0 if there is no such number.</returns>
    private static long Number(ReadOnlyMemory<byte>? item, string name) =>
        Text(item, name) is { } number ? long.Parse(number, CultureInfo.InvariantCulture) : 0;

    /// <summary>The event that an item of a list names.</summary>
    private static PrimaryKey Named(ReadOnlyMemory<byte> item) => new(Text(item, ViewAttributes.EventPartition)!, Text(item, ViewAttributes.EventSort)!);

    private static ReadOnlyMemory<byte> Envelope(ReadOnlyMemory<byte> item) => Encoding.UTF8.GetBytes(Text(item, ViewAttributes.Envelope)!);
}
