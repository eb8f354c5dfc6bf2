namespace DataToEvents.Adapters.Formats;

/// <summary>The primary key of an item: its partition key and its sort key.</summary>
public readonly record struct PrimaryKey(string Partition, string Sort)
{
    /// <summary>A key that no item has.</summary>
    public static PrimaryKey Nobodys { get; } = new("nobody's", "nothing");
}
