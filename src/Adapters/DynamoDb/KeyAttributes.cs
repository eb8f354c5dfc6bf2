namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Primary keys as attributes of a request or an item.</summary>
internal static class KeyAttributes
{
    public static PrimaryKey KeyOf(Dictionary<string, AttributeValue> item) => new(item[EventItem.PartitionKey].S, item[EventItem.SortKey].S);

    public static Dictionary<string, AttributeValue> ToAttributes(this PrimaryKey key) =>
        new() { [EventItem.PartitionKey] = new AttributeValue(key.Partition), [EventItem.SortKey] = new AttributeValue(key.Sort) };
}
