namespace DataToEvents.Emulator.Tables;

/// <summary>The type of a key attribute.</summary>
public enum KeyKind
{
    /// <summary>A text.</summary>
    S,

    /// <summary>A number.</summary>
    N,

    /// <summary>Bytes.</summary>
    B,
}

/// <summary>An attribute that is a key of a table or of an index.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its type.</param>
internal sealed record KeyAttribute(string Name, KeyKind Kind = KeyKind.S)
{
    /// <summary>The value as text, see <see cref="KeyText"/>; null for a value of another type.</summary>
    /// <exception cref="ServiceException">It is a number that DynamoDB cannot store, or no JSON string.</exception>
    public string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(KeyText.Type(Kind), out var raw))
        {
            return null;
        }

        return raw.ValueKind == JsonValueKind.String ? KeyText.Of(Kind, raw.GetString()!) : throw new ServiceException("SerializationException", $"The value of the key {Name} is not a JSON string.");
    }
}

/// <summary>The keys of a table or of an index.</summary>
/// <param name="Partition">The partition key.</param>
/// <param name="Sort">The sort key; null: there is none.</param>
internal sealed record KeySchema(KeyAttribute Partition, KeyAttribute? Sort)
{
    public IEnumerable<KeyAttribute> Attributes => Sort is null ? [Partition] : [Partition, Sort];

    public bool Has(string attribute) => attribute == Partition.Name || attribute == Sort?.Name;
}
