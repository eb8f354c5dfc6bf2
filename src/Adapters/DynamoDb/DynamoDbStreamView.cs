using System.Runtime.CompilerServices;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Application.EventResponder;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>
/// The consumer's view as a DynamoDB table of its own: a transaction an event, so that event, counters, feed and history never disagree.
/// Reads are consistent: an event that was applied is found. <see cref="ViewKeys"/> says what lies where.
/// </summary>
/// <param name="dynamo">The client, see <see cref="SdkSettings"/>.</param>
/// <param name="options">Which table.</param>
/// <param name="time">The clock of the feed, and of the pauses before another try.</param>
/// <param name="random">The length of the pauses.</param>
public sealed class DynamoDbStreamView(IAmazonDynamoDB dynamo, StreamViewOptions options, TimeProvider time, Random random) : ViewLists(new ViewKeys(options.Shards)), IStreamView, IViewQueries
{
    private static readonly TimeSpan FirstBackOff = TimeSpan.FromMilliseconds(20);

    private readonly DynamoDbOptions _table = options.Table;
    private readonly AppliedClock _clock = new(time);
    private readonly JitteredBackOff _backOff = new(FirstBackOff, time, random);
    private readonly KnownStreams _known = new();
    private readonly ViewReader _reader = new(dynamo, options.Table.TableName, new JitteredBackOff(FirstBackOff, time, random));

    /// <inheritdoc/>
    public bool HasLookups => options.Lookups;

    /// <summary>Call it at the start; see <see cref="DynamoDbEventStore.EnsureTableExistsAsync"/>.</summary>
    /// <exception cref="InvalidOperationException">There is no such table.</exception>
    public async Task EnsureTableExistsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _reader.OneAsync(PrimaryKey.Nobodys, cancellationToken);
        }
        catch (AmazonServiceException fault) when (fault.ErrorCode == nameof(ResourceNotFoundException))
        {
            throw NoTable(fault);
        }
    }

    /// <exception cref="FormatException">The sequence is no digits.</exception>
    /// <exception cref="InvalidOperationException">There is no such table, or it did not take the event.</exception>
    /// <exception cref="TimeoutException">Other transactions, or throttling, were in the way until <paramref name="cancellationToken"/> was cancelled.</exception>
    /// <inheritdoc/>
    public async Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken)
    {
        var transaction = new ViewTransaction(options, Keys, received, sequence, _clock.Next());
        Exception? inTheWay = null;
        for (var attempts = 0; ; attempts++)
        {
            try
            {
                if (inTheWay is not null)
                {
                    await _backOff.PauseAsync(attempts, cancellationToken);
                }

                var isFirst = !_known.Contains(received.Stream) && !await _reader.HasAsync(ViewKeys.StreamRow(received.Stream), cancellationToken);
                await dynamo.TransactWriteItemsAsync(transaction.For(isFirst), cancellationToken);
                _known.Add(received.Stream);
                return true;
            }
            catch (TransactionCanceledException cancelled)
            {
                var why = new Cancellation(cancelled);
                if (why.WasApplied)
                {
                    return false;
                }

                inTheWay = new InvalidOperationException($"Event {received.Id} was not applied: {why.Text}", cancelled);
                if (!why.IsWorthAnotherTry)
                {
                    throw inTheWay;
                }

                if (why.WasNotFirst)
                {
                    _known.Add(received.Stream);
                    inTheWay = null;
                }
            }
            catch (ResourceNotFoundException fault)
            {
                throw NoTable(fault);
            }
            catch (AmazonServiceException fault)
            {
                inTheWay = fault.WithCode();
                if (!ServiceErrors.MayPass(fault))
                {
                    throw inTheWay;
                }
            }
            catch (OperationCanceledException) when (inTheWay is not null && cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"The time was used up after {attempts} attempts: {inTheWay.Message}", inTheWay);
            }
        }
    }

    /// <inheritdoc/>
    public async Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Keys.Shards.Select(shard => _reader.AllAsync(ViewKeys.CountersOf(shard), default, cancellationToken)));
        var byType = new Dictionary<string, long>();
        var streams = 0L;
        foreach (var counter in shards.SelectMany(counters => counters))
        {
            var type = counter[ViewAttributes.Type].S;
            byType[type] = byType.GetValueOrDefault(type) + Number(counter, ViewAttributes.Events);
            streams += Number(counter, ViewAttributes.Streams);
        }

        return new ViewSummary(byType.Values.Sum(), streams, byType);
    }

    /// <inheritdoc/>
    public async Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var row = await _reader.OneAsync(ViewKeys.StreamRow(stream), cancellationToken);
        if (row is null)
        {
            return null;
        }

        var counters = await _reader.AllAsync(ViewKeys.Stream(stream), ViewKeys.StreamCounters, cancellationToken);
        var last = await EventLists.ReadAsync(_reader, [ViewKeys.History(stream)], ListRange.FromTheEnd, 1, cancellationToken);

        // Versions before 0.7 counted in the stream's row, and named the latest event there.
        var key = last.Count > 0 ? last[0].Event : new PrimaryKey(ViewKeys.Stream(stream), row[ViewAttributes.Latest].S);
        var latest = await _reader.OneAsync(key, cancellationToken) ?? throw Missing(key);
        return new StreamSummary(stream, counters.Append(row).Sum(static item => item.ContainsKey(ViewAttributes.Events) ? Number(item, ViewAttributes.Events) : 0), Envelope(latest));
    }

    /// <inheritdoc/>
    protected override async IAsyncEnumerable<ListedEvent> ListAsync(IEnumerable<string> shards, ListRange range, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await EventLists.ReadAsync(_reader, shards, range, limit, cancellationToken);

        // Large envelopes fill a page of a few: what the caller does not ask for is not read.
        foreach (var chunk in found.Chunk(BatchRead.MaxKeys))
        {
            var items = await _reader.ManyAsync(Array.ConvertAll(chunk, entry => entry.Event), ViewAttributes.Envelope, cancellationToken);
            foreach (var (position, key) in chunk)
            {
                yield return new ListedEvent(position, Envelope(items.GetValueOrDefault(key) ?? throw Missing(key)));
            }
        }
    }

    private static long Number(Dictionary<string, AttributeValue> item, string name) => long.Parse(item[name].N, CultureInfo.InvariantCulture);

    private static ReadOnlyMemory<byte> Envelope(Dictionary<string, AttributeValue> item) => Encoding.UTF8.GetBytes(item[ViewAttributes.Envelope].S);

    private InvalidOperationException Missing(PrimaryKey key) => new($"Table {_table.TableName} refers to item {key.Partition} / {key.Sort}, which is not there.");

    private InvalidOperationException NoTable(Exception fault) => new($"There is no table {_table.TableName} ({_table.Variable}).", fault);
}
