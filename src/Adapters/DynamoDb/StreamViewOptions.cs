namespace DataToEvents.Adapters.DynamoDb;

/// <summary>The consumer's table, and over how many shards its counters and feeds are spread.</summary>
public sealed record StreamViewOptions
{
    public const int DefaultShards = ViewKeys.DefaultShards;

    private const int MaxShards = 1_000;

    /// <param name="table">The consumer's table.</param>
    /// <param name="shards">1 to 1,000; must stay the same for the life of the table. Each takes some 500 events a second; each is a query when the view is read.</param>
    /// <param name="lookups">See <see cref="DataToEvents.Application.EventResponder.IViewQueries.HasLookups"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">So many shards make no sense.</exception>
    public StreamViewOptions(DynamoDbOptions table, int shards = DefaultShards, bool lookups = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shards, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(shards, MaxShards);
        (Table, Shards, Lookups) = (table, shards, lookups);
    }

    public DynamoDbOptions Table { get; }

    public int Shards { get; }

    public bool Lookups { get; }
}
