using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>A query's partition and the bounds of its sort keys. The bounds may include a little more than the condition does.</summary>
internal readonly record struct KeyCondition(string Partition, string? From, string? To)
{
    /// <exception cref="AwsException">The condition is not one on the partition key or on both keys.</exception>
    public static KeyCondition Of(ConditionExpression condition, ItemTableOptions table)
    {
        string? partition = null, from = null, to = null;
        var names = new List<string>();
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
            ("", _) => throw ItemJson.EmptyKey(table.PartitionKey),
            _ when from is "" || to is "" => throw ItemJson.EmptyKey(table.SortKey),
            _ => new KeyCondition(partition, from, to),
        };
    }

    private static AwsException Refused(string message) => new("ValidationException", message);

    private static IEnumerable<ConditionExpression> Parts(ConditionExpression condition) => condition switch
    {
        ConditionExpression.Parentheses parentheses => Parts(parentheses.Inner),
        ConditionExpression.Both both => Parts(both.Left).Concat(Parts(both.Right)),
        _ => [condition],
    };

    private static (string Name, string? Low, string? High) Bounds(ConditionExpression part) => part switch
    {
        ConditionExpression.OperandComparison { Left.Path: null } turned => Bounds(turned.Right, Turned(turned.Sign), turned.Left),
        ConditionExpression.OperandComparison comparison => Bounds(comparison.Left, comparison.Sign, comparison.Right),
        ConditionExpression.Between between => (Name(between.Value), Text(between.Low), Text(between.High)),
        // Every string with this prefix is at least the prefix. The condition itself decides where the range ends.
        ConditionExpression.Function { Name: "begins_with" } begins => (Name(begins.Operands[0]), Text(begins.Operands[1]), Text(begins.Operands[1]) + char.ConvertFromUtf32(0x10FFFF)),
        ConditionExpression.Function function => throw Unsupported(function.Name),
        ConditionExpression.Either => throw Unsupported("OR"),
        ConditionExpression.Not => throw Unsupported("NOT"),
        _ => throw Unsupported("IN"),
    };

    private static (string Name, string? Low, string? High) Bounds(Operand key, string sign, Operand value) => sign switch
    {
        "=" => (Name(key), Text(value), Text(value)),
        ">" or ">=" => (Name(key), Text(value), null),
        "<" or "<=" => (Name(key), null, Text(value)),
        _ => throw Unsupported(sign),
    };

    private static string Turned(string sign) => sign switch
    {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        _ => sign,
    };

    private static AwsException Unsupported(string operation) => Refused($"Invalid operator used in KeyConditionExpression: {operation}");

    private static string Name(Operand key) => key switch
    {
        { IsSize: true } => throw Refused("KeyConditionExpressions cannot contain nested operations"),
        { Path.Steps.Count: > 0 } => throw Refused($"Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: {key.Path!.Root}"),
        _ => key.Path?.Root ?? throw Refused("Invalid condition in KeyConditionExpression: one side of each condition must be a key attribute"),
    };

    private static string Text(Operand operand) => operand is { Path: null, IsSize: false } && AttributeValues.Text(operand.Value) is { } text
        ? text
        : throw Refused("One or more parameter values were invalid: Condition parameter type does not match schema type");
}
