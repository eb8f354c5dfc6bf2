using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Recovery.Targets;

/// <summary>The store.</summary>
internal sealed class EventTable(IAmazonDynamoDB dynamo, string name)
{
    /// <summary>Every key begins with at least so many characters of the id, however many bytes each has in UTF-8.</summary>
    private const int KeyBeginning = 200;

    public async Task<TableDescription> DescribeAsync(CancellationToken cancellationToken) => (await dynamo.DescribeTableAsync(name, cancellationToken)).Table;

    /// <returns>Null when no event of that stream and <see cref="DataEvent.Key"/> is stored.</returns>
    public async Task<StoredEvent?> FindAsync(string stream, string eventKey, CancellationToken cancellationToken)
    {
        var key = new Dictionary<string, AttributeValue> { [EventItem.PartitionKey] = new(stream), [EventItem.SortKey] = new(eventKey) };
        var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = name, Key = key, ConsistentRead = true }, cancellationToken);
        return answer.Item is { Count: > 0 } item ? Read(item) : null;
    }

    /// <summary>The events of a stream with that id: one for each source.</summary>
    public async Task<List<StoredEvent>> WithIdAsync(string stream, string id, CancellationToken cancellationToken)
    {
        // A key begins with the id, or with as much of it as fits (see EventKey).
        var query = new QueryRequest
        {
            TableName = name,
            ConsistentRead = true,
            KeyConditionExpression = $"{EventItem.PartitionKey} = :stream AND begins_with({EventItem.SortKey}, :id)",
            ExpressionAttributeValues = new() { [":stream"] = new(stream), [":id"] = new(id[..Math.Min(id.Length, KeyBeginning)]) },
        };
        var found = new List<StoredEvent>();
        await foreach (var page in dynamo.Paginators.Query(query).Responses.WithCancellation(cancellationToken))
        {
            found.AddRange((page.Items ?? []).Select(Read).Where(item => item.Event.Id.Value == id));
        }

        return found;
    }

    /// <summary>Reads one stream after another, each in the order of arrival. A stream is held in memory.</summary>
    /// <param name="stream">Null: all of them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> StreamsAsync(
        string? stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var current = new List<StoredEvent>();
        await foreach (var attributes in ItemsAsync(stream).WithCancellation(cancellationToken))
        {
            var item = Read(attributes);
            // A scan goes through the table by partitions, so the items of a stream come together, in the order of their ids.
            if (current.Count > 0 && current[0].Event.Stream != item.Event.Stream)
            {
                yield return InOrder(current);
                current = [];
            }

            current.Add(item);
        }

        if (current.Count > 0)
        {
            yield return InOrder(current);
        }
    }

    private IAsyncEnumerable<Dictionary<string, AttributeValue>> ItemsAsync(string? stream) => stream is null
        ? dynamo.Paginators.Scan(new ScanRequest { TableName = name, ConsistentRead = true }).Responses.SelectMany(page => page.Items ?? [])
        : dynamo.Paginators.Query(new QueryRequest
        {
            TableName = name,
            ConsistentRead = true,
            KeyConditionExpression = "pk = :stream",
            ExpressionAttributeValues = new() { [":stream"] = new(stream) },
        }).Responses.SelectMany(page => page.Items ?? []);

    private static List<StoredEvent> InOrder(List<StoredEvent> items) =>
        [.. items.OrderBy(item => item.Sequence.Length).ThenBy(item => item.Sequence, StringComparer.Ordinal)];

    private static StoredEvent Read(Dictionary<string, AttributeValue> item) =>
        new(DataEvent.Parse(Envelope(item[EventItem.Envelope])), item[EventItem.Sequence].S)
        {
            StoredAt = item.GetValueOrDefault(EventItem.Stored)?.N is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(at, CultureInfo.InvariantCulture)) : null,
        };

    private static byte[] Envelope(AttributeValue value) => value.S is { } text
        ? Encoding.UTF8.GetBytes(text)
        : StoredEnvelope.Decompress(value.B) ?? throw new FormatException("an item's envelope is neither text nor compressed text");
}

/// <param name="Event">The event as it is stored.</param>
/// <param name="Sequence">The queue's sequence number: order of arrival within the stream.</param>
internal sealed record StoredEvent(DataEvent Event, string Sequence)
{
    /// <summary>When the EventStorer wrote the item; null in the lake, and in items of earlier versions.</summary>
    public DateTimeOffset? StoredAt { get; init; }

    /// <summary>When the delivery stream accepted the event. For an event that did not come through the delivery stream: its own time.</summary>
    public DateTimeOffset Accepted => Event.AcceptedAt ?? Event.OccurredAt;
}
