namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>The table, or the index of it, that a query or a scan reads.</summary>
/// <param name="table">The table.</param>
/// <param name="index">The index; null: the table itself.</param>
internal sealed class ReadSource(ItemTable table, SecondaryIndex? index)
{
    private readonly KeySchema _tableKeys = table.Options.Keys;

    /// <summary>The name of the index; null: it is the table.</summary>
    public string? Index => index?.Name;

    /// <summary>Whether reads are not consistent and return only attributes that the index projects.</summary>
    public bool IsGlobal => index is { IsLocal: false };

    public bool HasAll => index is null or { Projection: SecondaryIndex.All };

    public KeySchema Keys => index?.Keys ?? _tableKeys;

    /// <exception cref="AwsException">The table has no such index.</exception>
    public static ReadSource Of(ItemTable table, string? index) => index is null
        ? new ReadSource(table, null)
        : new ReadSource(table, table.Options.Indexes.FirstOrDefault(one => one.Name == index) ?? throw new AwsException("ValidationException", $"The table does not have the specified index: {index}"));

    /// <summary>Whether the index has the attribute.</summary>
    public bool Projects(string attribute) => index is null || index.Projects(attribute, _tableKeys);

    /// <summary>Whether the attribute is a part of the place from which a page goes on.</summary>
    public bool IsKey(string attribute) => _tableKeys.Has(attribute) || Keys.Has(attribute);

    /// <summary>The item that a page starts after.</summary>
    /// <exception cref="AwsException">It does not have the keys of table and index.</exception>
    public (ItemKey Place, ItemKey Key) Start(JsonElement start)
    {
        if (index is null)
        {
            var key = ItemJson.Key(start, table.Options);
            return (key, key);
        }

        return start.GetPropertyCount() == _tableKeys.Attributes.Concat(Keys.Attributes).DistinctBy(static key => key.Name).Count()
            ? (ItemJson.Key(start, Keys), ItemJson.Key(start, _tableKeys))
            : throw new AwsException("ValidationException", "The provided starting key is invalid");
    }

    public Task<List<IndexedItem>> RangeAsync(string partition, string? bound, ItemKey? after, int limit, bool descending) => table.RangeAsync(index, partition, bound, after, limit, descending);

    public Task<List<IndexedItem>> ScanAsync((ItemKey Place, ItemKey Key)? after, int limit) => table.ScanByKeyAsync(index, after, limit);
}
