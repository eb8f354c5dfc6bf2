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

    private readonly ConditionExpression? _filter;
    private readonly Projection? _projection;
    private readonly bool _countsOnly;
    private readonly bool _showsProjected;
    private readonly int _limit;
    private readonly List<(ReadOnlyMemory<byte> Json, Dictionary<string, JsonElement> Attributes)> _items = [];
    private int _bytes;
    private bool _hasMore;

    /// <exception cref="AwsException">The request is not valid.</exception>
    public ReadPage(ItemTable table, JsonRequest call, Scope scope)
    {
        _limit = Math.Min(call.Number("Limit") ?? MaxPageItems, MaxPageItems);
        _filter = scope.Condition("FilterExpression");
        _projection = scope.Projection();
        var select = call.Text("Select");
        _countsOnly = CountsOnly(select, call.Text("IndexName") is not null);
        Source = ReadSource.Of(table, call.Text("IndexName"));
        _showsProjected = !Source.HasAll && _projection is null && select != "ALL_ATTRIBUTES";
        if (Source.Index is { } index)
        {
            CheckIndex(index, call, scope);
        }
    }

    /// <summary>What the page is read from.</summary>
    public ReadSource Source { get; }

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
            shown.ForEach(item => Write(answer, item.Json, item.Attributes));
            answer.WriteEndArray();
        }

        answer.WriteNumber("Count", shown.Count);
        answer.WriteNumber("ScannedCount", _items.Count);
        if (_hasMore)
        {
            answer.WritePropertyName("LastEvaluatedKey");
            ItemJson.Write(answer, _items[^1].Attributes.Where(attribute => Source.IsKey(attribute.Key)));
        }

        answer.WriteEndObject();
    }

    private void Write(Utf8JsonWriter answer, ReadOnlyMemory<byte> item, Dictionary<string, JsonElement> attributes)
    {
        if (_showsProjected)
        {
            ItemJson.Write(answer, attributes.Where(attribute => Source.Projects(attribute.Key)));
        }
        else
        {
            ItemJson.Write(answer, item, _projection);
        }
    }

    /// <summary>A global index gives nothing but what it projects. A local one gets the rest from the table, but does not filter by it.</summary>
    private void CheckIndex(string index, JsonRequest call, Scope scope)
    {
        if (Source.IsGlobal && call.Flag("ConsistentRead") == true)
        {
            throw Refused("Consistent reads are not supported on global secondary indexes");
        }

        if (Source is { IsGlobal: true, HasAll: false } && call.Text("Select") == "ALL_ATTRIBUTES")
        {
            throw Refused($"One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global secondary index {index} because its projection type is not ALL");
        }

        if (Source.IsGlobal && Missing("ProjectionExpression") is { Length: > 0 } shown)
        {
            throw Refused($"One or more parameter values were invalid: Global secondary index {index} does not project [{shown}]");
        }

        if (Missing("FilterExpression") is { Length: > 0 } filtered)
        {
            throw Refused($"One or more parameter values were invalid: Secondary index {index} does not project one or more filter attributes: [{filtered}]");
        }

        string Missing(string expression) => string.Join(", ", scope.Roots(expression).Where(name => !Source.Projects(name)));
    }

    private bool CountsOnly(string? select, bool hasIndex) => (select, _projection) switch
    {
        ("ALL_PROJECTED_ATTRIBUTES", _) when !hasIndex => throw Refused("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName"),
        ("SPECIFIC_ATTRIBUTES", null) => throw Refused("Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES"),
        ("COUNT", not null) => throw Refused("Cannot specify the ProjectionExpression when choosing to get only the Count"),
        ("ALL_PROJECTED_ATTRIBUTES", not null) => throw Refused("Cannot specify the ProjectionExpression when choosing to get ALL_PROJECTED_ATTRIBUTES"),
        ("ALL_ATTRIBUTES", not null) => throw Refused("Cannot specify the ProjectionExpression when choosing to get ALL_ATTRIBUTES"),
        _ => select == "COUNT",
    };

    private static AwsException Refused(string message) => new("ValidationException", message);
}
