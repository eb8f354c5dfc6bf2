using Amazon.DynamoDBv2.Model;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Adapters.DynamoDb;

/// <summary>An item's primary key.</summary>
internal readonly record struct PrimaryKey(string Partition, string Sort)
{
    /// <summary>A key that no item has.</summary>
    public static PrimaryKey Nobodys { get; } = new("nobody's", "nothing");

    public static PrimaryKey Of(Dictionary<string, AttributeValue> item) => new(item[EventItem.PartitionKey].S, item[EventItem.SortKey].S);

    public Dictionary<string, AttributeValue> ToAttributes() =>
        new() { [EventItem.PartitionKey] = new AttributeValue(Partition), [EventItem.SortKey] = new AttributeValue(Sort) };
}
