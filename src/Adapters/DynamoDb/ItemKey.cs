using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>An item's primary key.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    /// <summary>No stream has this key, nor any part of a view.</summary>
    public static ItemKey Nobodys { get; } = new("nobody's", "nothing");

    public static ItemKey Of(Dictionary<string, AttributeValue> item) => new(item[EventItem.PartitionKey].S, item[EventItem.SortKey].S);

    public Dictionary<string, AttributeValue> ToAttributes() =>
        new() { [EventItem.PartitionKey] = new AttributeValue(Partition), [EventItem.SortKey] = new AttributeValue(Sort) };
}
