using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>An item's primary key.</summary>
internal readonly record struct ItemKey(string Partition, string Sort);

/// <summary>Converts items between their stored bytes and the attributes that expressions use.</summary>
internal static class ItemJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <exception cref="AwsException">The key does not match the table's key schema.</exception>
    public static ItemKey Key(JsonElement key, ItemTableOptions table)
    {
        var partition = key.TryGetProperty(table.PartitionKey, out var one) ? AttributeValues.Text(one) : null;
        var sort = key.TryGetProperty(table.SortKey, out var other) ? AttributeValues.Text(other) : null;
        return partition is not null && sort is not null && key.GetPropertyCount() == 2
            ? new ItemKey(partition, sort)
            : throw new AwsException("ValidationException", "The provided key element does not match the schema");
    }

    public static Dictionary<string, JsonElement> Attributes(ReadOnlyMemory<byte>? item) => item is { } json
        ? JsonElement.Parse(json.Span).EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
        : [];

    /// <summary>The item's attributes, for expressions.</summary>
    public static Attributes Lookup(Dictionary<string, JsonElement> attributes) =>
        name => attributes.TryGetValue(name, out var value) ? value : null;

    public static ReadOnlyMemory<byte> Item(IEnumerable<KeyValuePair<string, JsonElement>> attributes)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Relaxed);
        Write(json, attributes);
        json.Flush();
        return bytes.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> Item(JsonElement item) =>
        Item(item.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, member.Value)));

    /// <param name="json">Takes the item's object.</param>
    /// <param name="item">The item.</param>
    /// <param name="projection">The attributes that are asked for; null for all.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> item, IReadOnlySet<string>? projection = null)
    {
        if (projection is null)
        {
            json.WriteRawValue(item.Span, skipInputValidation: true);
        }
        else
        {
            Write(json, Attributes(item).Where(attribute => projection.Contains(attribute.Key)));
        }
    }

    public static void WriteKey(Utf8JsonWriter json, string name, Dictionary<string, JsonElement> item, ItemTableOptions table)
    {
        json.WritePropertyName(name);
        Write(json, item.Where(attribute => attribute.Key == table.PartitionKey || attribute.Key == table.SortKey));
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, JsonElement>> attributes)
    {
        json.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
