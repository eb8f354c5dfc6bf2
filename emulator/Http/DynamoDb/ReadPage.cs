using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>A page of a query or a scan: which items it takes, and what it shows of them.</summary>
internal sealed class ReadPage
{
    /// <summary>The size of a page. Source: Amazon DynamoDB API Reference, "Query" and "Scan".</summary>
    private const int MaxPageBytes = 1024 * 1024;

    private const int MaxPageItems = 1_000;

    /// <summary>Items read from the table at once. They may be large, and where the page ends is only known after they are read.</summary>
    private const int ReadAtOnce = 32;

    private readonly ItemTable _table;
    private readonly ConditionExpression? _filter;
    private readonly Projection? _projection;
    private readonly bool _countsOnly;
    private readonly int _limit;
    private readonly List<(ReadOnlyMemory<byte> Json, Dictionary<string, JsonElement> Attributes)> _items = [];
    private int _bytes;
    private bool _hasMore;

    /// <exception cref="AwsException">The request is not valid.</exception>
    public ReadPage(ItemTable table, JsonRequest call, Scope scope)
    {
        _table = table;
        _limit = Math.Min(call.Number("Limit") ?? MaxPageItems, MaxPageItems);
        _filter = scope.Condition("FilterExpression");
        _projection = scope.Projection();
        _countsOnly = CountsOnly(call.Text("Select"));
        if (call.Text("IndexName") is { } index)
        {
            throw Refused($"The table does not have the specified index: {index}");
        }
    }

    /// <summary>How many items to read from the table at once: one more than are shown, so that the page knows whether it is the last one.</summary>
    public int Ahead => Math.Min(_limit + 1, ReadAtOnce);

    /// <returns>False when the page ends before the item.</returns>
    public bool Take(ReadOnlyMemory<byte> item, Dictionary<string, JsonElement> attributes)
    {
        if (_items.Count == _limit || (_items.Count > 0 && _bytes + item.Length > MaxPageBytes))
        {
            _hasMore = true;
            return false;
        }

        _items.Add((item, attributes));
        _bytes += item.Length;
        return true;
    }

    public void Write(Utf8JsonWriter answer)
    {
        var shown = _items.Where(item => _filter?.Holds(ItemJson.Lookup(item.Attributes)) ?? true).ToList();
        answer.WriteStartObject();
        if (!_countsOnly)
        {
            answer.WriteStartArray("Items");
            shown.ForEach(item => ItemJson.Write(answer, item.Json, _projection));
            answer.WriteEndArray();
        }

        answer.WriteNumber("Count", shown.Count);
        answer.WriteNumber("ScannedCount", _items.Count);
        if (_hasMore)
        {
            ItemJson.WriteKey(answer, "LastEvaluatedKey", _items[^1].Attributes, _table.Options);
        }

        answer.WriteEndObject();
    }

    private bool CountsOnly(string? select) => (select, _projection) switch
    {
        ("ALL_PROJECTED_ATTRIBUTES", _) => throw Refused("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"),
        ("SPECIFIC_ATTRIBUTES", null) => throw Refused("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"),
        ("COUNT", not null) => throw Refused("Cannot specify the ProjectionExpression when choosing to get only the Count"),
        ("ALL_ATTRIBUTES", not null) => throw Refused("Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES"),
        _ => select == "COUNT",
    };

    private static AwsException Refused(string message) => new("ValidationException", message);
}
