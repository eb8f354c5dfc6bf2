using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Converts items between their stored bytes and the attributes that expressions use.</summary>
internal static class ItemJson
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Deep enough for an item in a request. A name that stands twice in one object would leave open which of the two counts.</summary>
    public static JsonDocumentOptions Reading { get; } = new() { MaxDepth = TableItem.MaxDepth + 16, AllowDuplicateProperties = false };

    /// <exception cref="AwsException">The key does not match the table's key schema.</exception>
    public static ItemKey Key(JsonElement key, ItemTableOptions table) =>
        key.GetPropertyCount() == (table.SortKey is null ? 1 : 2) ? Key(key, table.Keys) : throw NotOfSchema();

    /// <summary>The keys among the attributes.</summary>
    /// <inheritdoc cref="Key(JsonElement, ItemTableOptions)"/>
    public static ItemKey Key(JsonElement attributes, KeySchema keys) => new(Key(attributes, keys.Partition), keys.Sort is null ? "" : Key(attributes, keys.Sort));

    public static AwsException EmptyKey(KeyAttribute key) => new(
        "ValidationException",
        $"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(key.Kind == KeyKind.B ? "binary" : "string")} value. Key: {key.Name}");

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

    public static void Write(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, JsonElement>> attributes)
    {
        json.WriteStartObject();
        foreach (var (name, value) in attributes)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }

    private static string Key(JsonElement attributes, KeyAttribute key)
    {
        if (!attributes.TryGetProperty(key.Name, out var value) || key.Text(value) is not { } text)
        {
            throw NotOfSchema();
        }

        return value.GetPropertyCount() > 1
            ? throw new AwsException("ValidationException", "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes")
            : text.Length > 0 ? text : throw EmptyKey(key);
    }

    private static AwsException NotOfSchema() => new("ValidationException", "The provided key element does not match the schema");
}
