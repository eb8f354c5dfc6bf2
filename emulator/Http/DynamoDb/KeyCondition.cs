using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>A query's partition and the bounds of its sort keys. The bounds may include a little more than the condition does.</summary>
internal readonly record struct KeyCondition(string Partition, string? From, string? To)
{
    /// <exception cref="AwsException">The condition is not one on the partition key or on both keys.</exception>
    public static KeyCondition Of(ConditionExpression condition, ItemTableOptions table)
    {
        string? partition = null, from = null, to = null;
        var names = new List<string?>();
        foreach (var part in Parts(condition))
        {
            var (name, low, high) = Bounds(part);
            names.Add(name);
            if (name != table.PartitionKey)
            {
                (from, to) = (low, high);
            }
            else
            {
                partition = part is ConditionExpression.OperandComparison { Sign: "=" } ? low : throw Refused("Query key condition not supported");
            }
        }

        return (partition, names) switch
        {
            (null, _) => throw Refused($"Query condition missed key schema element: {table.PartitionKey}"),
            _ when names.Exists(name => name != table.PartitionKey && name != table.SortKey) => throw Refused($"Query condition missed key schema element: {table.SortKey}"),
            _ when names.Distinct().Count() < names.Count => throw Refused("KeyConditionExpressions must only contain one condition per key"),
            _ => new KeyCondition(partition, from, to),
        };
    }

    private static AwsException Refused(string message) => new("ValidationException", message);

    private static IEnumerable<ConditionExpression> Parts(ConditionExpression condition) =>
        condition is ConditionExpression.Both both ? Parts(both.Left).Concat(Parts(both.Right)) : [condition];

    private static (string? Name, string? Low, string? High) Bounds(ConditionExpression part) => part switch
    {
        ConditionExpression.OperandComparison { Sign: "=" } equal => (equal.Left.Name, Text(equal.Right), Text(equal.Right)),
        ConditionExpression.OperandComparison { Sign: ">" or ">=" } above => (above.Left.Name, Text(above.Right), null),
        ConditionExpression.OperandComparison { Sign: "<" or "<=" } below => (below.Left.Name, null, Text(below.Right)),
        ConditionExpression.Between between => (between.Value.Name, Text(between.Low), Text(between.High)),
        // Every string with this prefix is at least the prefix. The condition itself decides where the range ends.
        ConditionExpression.BeginsWith begins => (begins.Value.Name, Text(begins.Prefix), Text(begins.Prefix) + char.ConvertFromUtf32(0x10FFFF)),
        _ => throw new AwsException("ValidationException", "Invalid operator used in KeyConditionExpression"),
    };

    private static string Text(Operand operand) => operand.Name is null && AttributeValues.Text(operand.Value) is { } text
        ? text
        : throw new AwsException("ValidationException", "One or more parameter values were invalid: Condition parameter type does not match schema type");
}
