namespace DataToEvents.Emulator.Tables;

/// <summary>
/// Writes one item in DynamoDB's JSON and counts its size meanwhile, so that the table need not read it. For code in this process; what clients send is read and checked.
/// An item is written once; it may be put as often as a unit of work is run again.
/// </summary>
public sealed class ItemWriter
{
    private static readonly EventBuffers Buffers = new();

    private readonly ItemTableOptions _table;
    private readonly string _partitionKey;
    private readonly string _sortKey;
    private readonly EventBuffer _buffer = Buffers.Rent();
    private readonly Utf8JsonWriter _json;
    private int _bytes;
    private long? _expiresAt;
    private TableItem? _item;

    /// <summary>Begins an item with its key.</summary>
    /// <param name="table">The table that the item is for. Its keys are two, of type S.</param>
    /// <param name="partitionKey">The value of its partition key.</param>
    /// <param name="sortKey">The value of its sort key.</param>
    public ItemWriter(ItemTable table, string partitionKey, string sortKey)
    {
        ArgumentNullException.ThrowIfNull(table);
        (_table, _partitionKey, _sortKey) = (table.Options, partitionKey, sortKey);
        if (_table is not { PartitionKeyKind: KeyKind.S, SortKeyKind: KeyKind.S, SortKey: { } sort })
        {
            throw new ArgumentException($"The table {_table.Name} has no two keys of type S.", nameof(table));
        }

        _json = _buffer.Begin();
        _json.WriteStartObject();
        Text(_table.PartitionKey, partitionKey);
        Text(sort, sortKey);
    }

    /// <summary>Writes the JSON property of that name whose value is the text, a string.</summary>
    /// <param name="json">The writer.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="text">UTF-8.</param>
    public delegate void StringProperty(Utf8JsonWriter json, ReadOnlySpan<byte> name, ReadOnlySpan<byte> text);

    /// <summary>Adds an attribute of type S.</summary>
    public ItemWriter Text(string name, string value)
    {
        Begin(name, Encoding.UTF8.GetByteCount(value));
        _json.WriteString("S"u8, value);
        _json.WriteEndObject();
        return this;
    }

    /// <summary>Adds an attribute of type S.</summary>
    /// <param name="name">The attribute's name.</param>
    /// <param name="value">UTF-8.</param>
    /// <param name="write">Writes the property with the value; for a text of a form that it knows, it is faster than <see cref="Utf8JsonWriter"/>.</param>
    public ItemWriter Text(string name, ReadOnlySpan<byte> value, StringProperty write)
    {
        Begin(name, value.Length);
        write(_json, "S"u8, value);
        _json.WriteEndObject();
        return this;
    }

    /// <summary>Adds an attribute of type N.</summary>
    public ItemWriter Number(string name, long value)
    {
        var digits = value.ToString(CultureInfo.InvariantCulture);
        Begin(name, AttributeSize.OfInteger(digits));
        _json.WriteString("N"u8, digits);
        _json.WriteEndObject();
        if (name == _table.TimeToLiveAttribute)
        {
            _expiresAt = value;
        }

        return this;
    }

    /// <summary>Ends the item, so that the one thread that runs all transactions need not.</summary>
    /// <exception cref="ServiceException">DynamoDB would refuse the item.</exception>
    public ItemWriter End()
    {
        Item();
        return this;
    }

    /// <exception cref="ServiceException">DynamoDB would refuse the item.</exception>
    internal TableItem Item()
    {
        if (_item is null)
        {
            _json.WriteEndObject();
            var json = _buffer.End().ToArray();
            Buffers.Return(_buffer);
            _item = TableItem.Checked(_partitionKey, _sortKey, json, _bytes, _expiresAt, _table);
        }

        return _item;
    }

    private void Begin(string name, int valueBytes)
    {
        _bytes += Encoding.UTF8.GetByteCount(name) + valueBytes;
        _json.WriteStartObject(name);
    }
}
