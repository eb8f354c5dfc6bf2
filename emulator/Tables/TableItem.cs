namespace DataToEvents.Emulator.Tables;

/// <summary>An item as it is stored: its JSON, and what the table needs to know about it.</summary>
/// <param name="PartitionKey">The value of its partition key.</param>
/// <param name="SortKey">The value of its sort key.</param>
/// <param name="Json">DynamoDB's JSON, UTF-8, as it came, with its numbers in DynamoDB's form.</param>
/// <param name="Bytes">Its size as DynamoDB counts it.</param>
/// <param name="ExpiresAt">Epoch seconds after which it expires; null: never.</param>
/// <param name="TimeToLiveAttribute">The attribute that was read for it; null: the table had no time to live.</param>
internal sealed record TableItem(string PartitionKey, string SortKey, byte[] Json, int Bytes, long? ExpiresAt, string? TimeToLiveAttribute)
{
    /// <summary>Deep enough for DynamoDB's 32 nested levels in its JSON.</summary>
    public const int MaxDepth = 128;

    /// <summary>Reads an item in DynamoDB's JSON, <c>{"name":{"S":"value"},...}</c>.</summary>
    /// <exception cref="ServiceException">DynamoDB would refuse it.</exception>
    public static TableItem Parse(ReadOnlyMemory<byte> json, ItemTableOptions table)
    {
        try
        {
            return Read(json.ToArray(), table);
        }
        catch (JsonException broken)
        {
            throw new ServiceException("SerializationException", broken.Message);
        }
    }

    /// <summary>An item whose JSON is known to be right, if its key and its size are.</summary>
    /// <exception cref="ServiceException">DynamoDB would refuse it.</exception>
    public static TableItem Checked(string? partitionKey, string? sortKey, byte[] json, int bytes, long? expiresAt, ItemTableOptions table)
    {
        Check(partitionKey, table.PartitionKey, table.PartitionKeyKind, TableLimits.MaxPartitionKeyBytes, "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        if (table.SortKey is null)
        {
            sortKey = "";
        }
        else
        {
            Check(sortKey, table.SortKey, table.SortKeyKind, TableLimits.MaxSortKeyBytes, "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }

        if (bytes > TableLimits.MaxItemBytes)
        {
            throw new ServiceException("ValidationException", "Item size has exceeded the maximum allowed size");
        }

        if (table.Indexes.Count > 0)
        {
            IndexEntries.Check(json, table.Indexes);
        }

        return new TableItem(partitionKey!, sortKey!, json, bytes, expiresAt, table.TimeToLiveAttribute);
    }

    /// <summary>Epoch seconds after which an item expires; null: never.</summary>
    /// <param name="json">The item.</param>
    /// <param name="attribute">The attribute that says it; null: none does.</param>
    public static long? Expiry(byte[] json, string? attribute)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        reader.Read();
        while (attribute is not null && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(attribute))
            {
                return Seconds(reader);
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>The same item, for a table whose time to live was changed after it was read.</summary>
    public TableItem For(ItemTableOptions table) => TimeToLiveAttribute == table.TimeToLiveAttribute
        ? this
        : this with { ExpiresAt = Expiry(Json, table.TimeToLiveAttribute), TimeToLiveAttribute = table.TimeToLiveAttribute };

    /// <summary>Whether it has the same attributes as the other item, in any order.</summary>
    public bool IsSameAs(byte[] other)
    {
        if (Json.AsSpan().SequenceEqual(other))
        {
            return true;
        }

        using var mine = JsonDocument.Parse(Json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        using var theirs = JsonDocument.Parse(other, new JsonDocumentOptions { MaxDepth = MaxDepth });
        return JsonElement.DeepEquals(mine.RootElement, theirs.RootElement);
    }

    private static TableItem Read(byte[] json, ItemTableOptions table)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        AttributeSize.Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        var bytes = 0;
        var edits = default(NumberEdits);
        string? partitionKey = null, sortKey = null;
        long? expires = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            AttributeSize.Expect(!reader.ValueSpan.IsEmpty, "Empty attribute name");
            bytes += AttributeSize.OfText(ref reader);
            if (reader.ValueTextEquals(table.PartitionKey))
            {
                partitionKey = Key(reader, table.PartitionKey, table.PartitionKeyKind);
            }
            else if (table.SortKey is { } sort && reader.ValueTextEquals(sort))
            {
                sortKey = Key(reader, sort, table.SortKeyKind);
            }

            if (table.TimeToLiveAttribute is { } timeToLive && reader.ValueTextEquals(timeToLive))
            {
                expires = Seconds(reader);
            }

            bytes += AttributeSize.OfValue(ref reader, ref edits);
        }

        AttributeSize.Expect(reader.TokenType == JsonTokenType.EndObject && !reader.Read());
        return Checked(partitionKey, sortKey, edits.Apply(json), bytes, expires, table);
    }

    // Key and Seconds look ahead: their reader is a copy.
    private static string Key(Utf8JsonReader reader, string name, KeyKind kind)
    {
        AttributeSize.Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
        if (!reader.ValueTextEquals(KeyText.Type(kind)))
        {
            throw Invalid($"One or more parameter values were invalid: Type mismatch for key {name} expected: {kind} actual: {reader.GetString()}");
        }

        AttributeSize.Expect(reader.Read() && reader.TokenType == JsonTokenType.String);
        return KeyText.Of(kind, reader.GetString()!);
    }

    private static long? Seconds(Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.ValueTextEquals("N"u8)
        && reader.Read() && reader.TokenType == JsonTokenType.String && long.TryParse(reader.GetString(), out var seconds) ? seconds : null;

    private static void Check(string? key, string name, KeyKind kind, int limit, string tooLarge)
    {
        if (key is null)
        {
            throw Invalid($"One or more parameter values were invalid: Missing the key {name} in the item");
        }

        if (key.Length == 0)
        {
            throw Invalid($"One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty {(kind == KeyKind.B ? "binary" : "string")} value. Key: {name}");
        }

        if (KeyText.Length(kind, key) > limit)
        {
            throw Invalid($"One or more parameter values were invalid: {tooLarge}");
        }
    }

    private static ServiceException Invalid(string message) => new("ValidationException", message);
}
