using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Query: a range of one partition, a page at a time.</summary>
internal sealed class TableQuery
{
    /// <summary>The size of a page. Source: Amazon DynamoDB API Reference, "Query".</summary>
    private const int MaxPageBytes = 1024 * 1024;

    private const int MaxPageItems = 1_000;

    /// <summary>Items read from the table at once. They may be large, and where the page ends is only known after they are read.</summary>
    private const int ReadAtOnce = 32;

    private readonly ItemTable _table;
    private readonly ConditionExpression _condition;
    private readonly ConditionExpression? _filter;
    private readonly HashSet<string>? _projection;
    private readonly KeyCondition _key;
    private readonly bool _isDescending;
    private readonly string? _start;
    private readonly bool _countsOnly;
    private readonly int _limit;
    private readonly List<(ReadOnlyMemory<byte> Json, Dictionary<string, JsonElement> Attributes)> _page = [];
    private bool _hasMore;

    private TableQuery(ItemTable table, JsonRequest call)
    {
        var scope = new Scope(call);
        _table = table;
        _condition = ConditionParser.Parse(call.Text("KeyConditionExpression") ?? "", scope);
        _filter = call.Text("FilterExpression") is { } filter ? ConditionParser.Parse(filter, scope) : null;
        _projection = TableReads.Projection(call);
        _key = KeyCondition.Of(_condition, table.Options);
        _isDescending = call.Flag("ScanIndexForward") == false;
        _start = call.Object("ExclusiveStartKey") is { } start ? SortKeyIn(start) : null;
        _countsOnly = CountsOnly(call.Text("Select"));
        _limit = Math.Clamp(call.Number("Limit") ?? MaxPageItems, 1, MaxPageItems);
    }

    public static async Task AnswerAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var query = new TableQuery(table, call);
        await query.ReadAsync();
        query.Write(answer);
    }

    /// <exception cref="AwsException">The key does not belong to the partition of the query, or lies outside of its bounds.</exception>
    private string SortKeyIn(JsonElement start)
    {
        var key = ItemJson.Key(start, _table.Options);
        return _condition.Holds(name => start.TryGetProperty(name, out var value) ? value : null)
            ? key.Sort
            : throw new AwsException("ValidationException", "The provided starting key is outside query boundaries based on provided conditions");
    }

    private bool CountsOnly(string? select) => select is null || (select == "SPECIFIC_ATTRIBUTES") == (_projection is not null)
        ? select == "COUNT"
        : throw new AwsException("ValidationException", $"Select {select} does not go with this request: SPECIFIC_ATTRIBUTES, and no other, has a ProjectionExpression.");

    private async Task ReadAsync()
    {
        var bound = _isDescending ? _key.To : _key.From;
        if (_start is null && bound is not null && await _table.GetAsync(_key.Partition, bound) is { } first)
        {
            Take(first, isBound: true);
        }

        var after = _start ?? bound;
        do
        {
            var page = await _table.QueryAsync(_key.Partition, after, Math.Min(_limit + 1, ReadAtOnce), _isDescending);
            after = page.Items.All(item => Take(item, isBound: false)) ? page.Next : null;
        }
        while (after is not null);
    }

    /// <returns>False when the page ends before the item.</returns>
    private bool Take(ReadOnlyMemory<byte> item, bool isBound)
    {
        var attributes = ItemJson.Attributes(item);
        if (!_condition.Holds(ItemJson.Lookup(attributes)))
        {
            // The item is an exclusive bound. Any other item that does not match lies after the range.
            return isBound;
        }

        if (_page.Count == _limit || (_page.Count > 0 && _page.Sum(taken => taken.Json.Length) + item.Length > MaxPageBytes))
        {
            _hasMore = true;
            return false;
        }

        _page.Add((item, attributes));
        return true;
    }

    private void Write(Utf8JsonWriter answer)
    {
        var shown = _page.Where(item => _filter?.Holds(ItemJson.Lookup(item.Attributes)) ?? true).ToList();
        answer.WriteStartObject();
        if (!_countsOnly)
        {
            answer.WriteStartArray("Items");
            shown.ForEach(item => ItemJson.Write(answer, item.Json, _projection));
            answer.WriteEndArray();
        }

        answer.WriteNumber("Count", shown.Count);
        answer.WriteNumber("ScannedCount", _page.Count);
        if (_hasMore)
        {
            ItemJson.WriteKey(answer, "LastEvaluatedKey", _page[^1].Attributes, _table.Options);
        }

        answer.WriteEndObject();
    }
}
