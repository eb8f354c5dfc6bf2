using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Converts items between their stored bytes and the attributes that expressions use.</summary>
internal static class ItemJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Deep enough for an item in a request. A name that stands twice in one object would leave open which of the two counts.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = TableItem.MaxDepth + 16, AllowDuplicateProperties = false };

    /// <exception cref="AwsException">The key does not match the table's key schema.</exception>
    public static ItemKey Key(JsonElement key, ItemTableOptions table)
    {
        var partition = key.TryGetProperty(table.PartitionKey, out var one) ? AttributeValues.Text(one) : null;
        var sort = key.TryGetProperty(table.SortKey, out var other) ? AttributeValues.Text(other) : null;
        if (partition is null || sort is null || key.GetPropertyCount() != 2)
        {
            throw new AwsException("ValidationException", "The provided key element does not match the schema");
        }

        return partition.Length > 0 && sort.Length > 0
            ? new ItemKey(partition, sort)
            : throw EmptyKey(partition.Length == 0 ? table.PartitionKey : table.SortKey);
    }

    public static AwsException EmptyKey(string name) => new(
        "ValidationException", $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: {name}");

    public static Dictionary<string, JsonElement> Attributes(ReadOnlyMemory<byte>? item) => item is { } json
        ? JsonElement.Parse(json.Span, Reading).EnumerateObject().ToDictionary(member => member.Name, member => member.Value)
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

    public static ReadOnlyMemory<byte> Item(JsonNode item)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using var json = new Utf8JsonWriter(bytes, Relaxed);
        item.WriteTo(json);
        json.Flush();
        return bytes.WrittenMemory;
    }

    public static JsonElement Element(JsonNode value) => JsonElement.Parse(Item(value).Span, Reading);

    /// <summary>An attribute value of a request with its numbers in DynamoDB's form.</summary>
    /// <exception cref="ServiceException">DynamoDB would refuse the value.</exception>
    public static JsonElement Value(JsonElement value)
    {
        var json = Item([KeyValuePair.Create("v", value)]).ToArray();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Reading.MaxDepth });
        reader.Read();
        reader.Read();
        var edits = default(NumberEdits);
        _ = AttributeSize.OfValue(ref reader, ref edits);
        return edits.IsEmpty ? value : JsonElement.Parse(edits.Apply(json), Reading).GetProperty("v");
    }

    /// <param name="json">Takes the item's object.</param>
    /// <param name="item">The item.</param>
    /// <param name="projection">The parts that are asked for; null for all.</param>
    public static void Write(Utf8JsonWriter json, ReadOnlyMemory<byte> item, Projection? projection = null)
    {
        if (projection is null)
        {
            json.WriteRawValue(item.Span, skipInputValidation: true);
        }
        else
        {
            projection.Of(Attributes(item)).WriteTo(json);
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
