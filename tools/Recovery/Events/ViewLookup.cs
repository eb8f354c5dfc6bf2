using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Recovery.Events;

/// <summary>The consumer's view, which finds an event by its id alone (see <see cref="ViewKeys"/>).</summary>
internal sealed class ViewLookup(IAmazonDynamoDB dynamo, string table)
{
    /// <summary>The events with that id. None where the view keeps no lookups.</summary>
    public async Task<List<Sighting>> FindAsync(EventId id, CancellationToken cancellationToken)
    {
        var found = new List<Sighting>();
        var query = new QueryRequest
        {
            TableName = table,
            ConsistentRead = true,
            KeyConditionExpression = $"{EventItem.PartitionKey} = :id",
            ExpressionAttributeValues = new() { [":id"] = new(ViewKeys.WithId(id)) },
        };
        await foreach (var item in dynamo.Paginators.Query(query).Responses.SelectMany(static page => page.Items ?? []).WithCancellation(cancellationToken))
        {
            var key = new Dictionary<string, AttributeValue> { [EventItem.PartitionKey] = item[ViewAttributes.EventPartition], [EventItem.SortKey] = item[ViewAttributes.EventSort] };
            var answer = await dynamo.GetItemAsync(new GetItemRequest { TableName = table, Key = key, ConsistentRead = true }, cancellationToken);
            if (answer.Item is { Count: > 0 } applied)
            {
                found.Add(new Sighting(
                    PathHop.View, DataEvent.Parse(Encoding.UTF8.GetBytes(applied[ViewAttributes.Envelope].S)), TimeIn(item), $"table {table}: {key[EventItem.PartitionKey].S}, {key[EventItem.SortKey].S}"));
            }
        }

        return found;
    }

    private static DateTimeOffset? TimeIn(Dictionary<string, AttributeValue> item) =>
        item.GetValueOrDefault(ViewAttributes.Applied)?.S is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
}
