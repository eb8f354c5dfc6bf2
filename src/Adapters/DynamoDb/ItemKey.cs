namespace DataToEvents.Adapters.DynamoDb;

/// <summary>An item's primary key.</summary>
internal readonly record struct ItemKey(string Partition, string Sort)
{
    /// <summary>No stream has this key, nor any part of a view.</summary>
    public static ItemKey Nobodys { get; } = new("nobody's", "nothing");
}
