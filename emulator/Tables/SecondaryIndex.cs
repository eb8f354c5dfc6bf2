namespace DataToEvents.Emulator.Tables;

/// <summary>A secondary index of a table.</summary>
/// <param name="Name">Its name, unique in the table.</param>
/// <param name="Number">Its number, which no other index of the table ever had.</param>
/// <param name="Keys">Its keys. An item that lacks one of them is not in the index.</param>
internal sealed record SecondaryIndex(string Name, int Number, KeySchema Keys)
{
    public const string All = "ALL";
    public const string KeysOnly = "KEYS_ONLY";
    public const string Include = "INCLUDE";

    /// <summary>Whether it is local: it has the table's partition key, and reads may be consistent and may get all attributes.</summary>
    public bool IsLocal { get; init; }

    /// <summary>ALL, KEYS_ONLY or INCLUDE.</summary>
    public string Projection { get; init; } = All;

    /// <summary>The attributes beside the keys that the index has if it does not have all.</summary>
    public IReadOnlyList<string> NonKeyAttributes { get; init; } = [];

    /// <summary>The capacity that a client gave it. DescribeTable returns it, and it has no effect.</summary>
    public CapacityUnits Capacity { get; init; }

    public bool Projects(string attribute, KeySchema table) => Projection == All || Keys.Has(attribute) || table.Has(attribute) || NonKeyAttributes.Contains(attribute);

    /// <summary>The item's keys in the index; null: it lacks one of them, or has one of another type, and is not in the index.</summary>
    public ItemKey? KeyOf(JsonElement item) => Text(item, Keys.Partition) is not { Length: > 0 } partition ? null
        : Keys.Sort is null ? new ItemKey(partition, "")
        : Text(item, Keys.Sort) is { Length: > 0 } sort ? new ItemKey(partition, sort)
        : null;

    /// <summary>Why DynamoDB refuses the item: a key of the index has another type or is empty. Null: it takes the item.</summary>
    public string? Fault(JsonElement item) => Keys.Attributes.Select(key => Fault(item, key)).FirstOrDefault(static fault => fault is not null);

    private string? Fault(JsonElement item, KeyAttribute key) => !item.TryGetProperty(key.Name, out var value) ? null : key.Text(value) switch
    {
        null => $"One or more parameter values were invalid: Type mismatch for Index Key {key.Name} Expected: {key.Kind} Actual: {value.EnumerateObject().First().Name} IndexName: {Name}",
        "" => "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty "
            + $"{(key.Kind == KeyKind.B ? "binary" : "string")} value. IndexName: {Name}, IndexKey: {key.Name}",
        _ => null,
    };

    private static string? Text(JsonElement item, KeyAttribute key) => item.TryGetProperty(key.Name, out var value) ? key.Text(value) : null;
}

/// <summary>The capacity that a client gave a table or an index; 0: it is paid by request.</summary>
internal readonly record struct CapacityUnits(long Read, long Write);
