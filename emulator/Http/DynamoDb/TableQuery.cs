using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Query: a range of one partition, a page at a time.</summary>
internal sealed class TableQuery
{
    private readonly ReadSource _source;
    private readonly ConditionExpression _condition;
    private readonly ReadPage _page;
    private readonly KeyCondition _key;
    private readonly bool _isDescending;
    private readonly (ItemKey Place, ItemKey Key)? _start;

    private TableQuery(ItemTable table, JsonRequest call)
    {
        var scope = new Scope(call);
        _page = new ReadPage(table, call, scope);
        _source = _page.Source;
        _condition = scope.Condition("KeyConditionExpression")
            ?? throw new AwsException("ValidationException", "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        scope.ThrowIfUnused();
        _key = KeyCondition.Of(_condition, _source.Keys);
        if (scope.Roots("FilterExpression").FirstOrDefault(_source.Keys.Has) is { } filtered)
        {
            throw new AwsException("ValidationException", $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {filtered}");
        }

        _isDescending = call.Flag("ScanIndexForward") == false;
        _start = call.Object("ExclusiveStartKey") is { } start ? Start(start) : null;
    }

    public static async Task AnswerAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var query = new TableQuery(table, call);
        await query.ReadAsync();
        query._page.Write(answer);
    }

    /// <exception cref="AwsException">The key does not belong to the partition of the query, or lies outside of its bounds.</exception>
    private (ItemKey Place, ItemKey Key) Start(JsonElement start)
    {
        var item = _source.Start(start);
        return _condition.Holds(name => start.TryGetProperty(name, out var value) ? value : null)
            ? item
            : throw new AwsException("ValidationException", "The provided starting key is outside query boundaries based on provided conditions");
    }

    private async Task ReadAsync()
    {
        var first = _isDescending ? _key.To : _key.From;
        var (bound, after) = _start is { } start ? (start.Place.Sort, start.Key) : (first, default(ItemKey?));
        for (var isOpen = true; isOpen;)
        {
            var items = await _source.RangeAsync(_key.Partition, bound, after, _page.Ahead, _isDescending);
            isOpen = items.TrueForAll(item => Take(item, first)) && items.Count == _page.Ahead;
            (bound, after) = items.Count > 0 ? (items[^1].Place.Sort, items[^1].Key) : (bound, after);
        }
    }

    /// <returns>False when the page ends before the item.</returns>
    private bool Take(IndexedItem item, string? bound)
    {
        var attributes = ItemJson.Attributes(item.Json);
        // The bound may be excluded. Any other item that does not match lies after the range.
        return _condition.Holds(ItemJson.Lookup(attributes)) ? _page.Take(item.Json, attributes) : item.Place.Sort == bound;
    }
}
