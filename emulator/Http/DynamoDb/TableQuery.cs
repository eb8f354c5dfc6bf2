using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>Query: a range of one partition, a page at a time.</summary>
internal sealed class TableQuery
{
    private readonly ItemTable _table;
    private readonly ConditionExpression _condition;
    private readonly ReadPage _page;
    private readonly KeyCondition _key;
    private readonly bool _isDescending;
    private readonly string? _start;

    private TableQuery(ItemTable table, JsonRequest call)
    {
        var scope = new Scope(call);
        _table = table;
        _page = new ReadPage(table, call, scope);
        _condition = scope.Condition("KeyConditionExpression")
            ?? throw new AwsException("ValidationException", "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        scope.ThrowIfUnused();
        _key = KeyCondition.Of(_condition, table.Options);
        if (scope.Roots("FilterExpression").FirstOrDefault(name => name == table.Options.PartitionKey || name == table.Options.SortKey) is { } filtered)
        {
            throw new AwsException("ValidationException", $"Filter Expression can only contain non-primary key attributes: Primary key attribute: {filtered}");
        }

        _isDescending = call.Flag("ScanIndexForward") == false;
        _start = call.Object("ExclusiveStartKey") is { } start ? SortKeyIn(start) : null;
    }

    public static async Task AnswerAsync(ItemTable table, JsonRequest call, Utf8JsonWriter answer)
    {
        var query = new TableQuery(table, call);
        await query.ReadAsync();
        query._page.Write(answer);
    }

    /// <exception cref="AwsException">The key does not belong to the partition of the query, or lies outside of its bounds.</exception>
    private string SortKeyIn(JsonElement start)
    {
        var key = ItemJson.Key(start, _table.Options);
        return _condition.Holds(name => start.TryGetProperty(name, out var value) ? value : null)
            ? key.Sort
            : throw new AwsException("ValidationException", "The provided starting key is outside query boundaries based on provided conditions");
    }

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
            var page = await _table.QueryAsync(_key.Partition, after, _page.Ahead, _isDescending);
            after = page.Items.All(item => Take(item, isBound: false)) ? page.Next : null;
        }
        while (after is not null);
    }

    /// <returns>False when the page ends before the item.</returns>
    private bool Take(ReadOnlyMemory<byte> item, bool isBound)
    {
        var attributes = ItemJson.Attributes(item);
        // The bound may be excluded. Any other item that does not match lies after the range.
        return _condition.Holds(ItemJson.Lookup(attributes)) ? _page.Take(item, attributes) : isBound;
    }
}
