using DataToEvents.Emulator.Http.DynamoDb.Expressions;

namespace DataToEvents.Emulator.Http.DynamoDb;

/// <summary>A query's partition and the bounds of its sort keys. The bounds may include a little more than the condition does.</summary>
internal readonly record struct KeyCondition(string Partition, string? From, string? To)
{
    /// <exception cref="AwsException">The condition is not one on the partition key or on both keys.</exception>
    public static KeyCondition Of(ConditionExpression condition, KeySchema keys)
    {
        string? partition = null, from = null, to = null;
        var names = new List<string>();
        foreach (var part in Parts(condition))
        {
            var bounds = BoundsOf(part);
            names.Add(bounds.Name);
            if (bounds.Name == keys.Partition.Name)
            {
                partition = part is ConditionExpression.OperandComparison { Sign: "=" } ? Text(bounds.Low, keys.Partition) : throw Refused("Query key condition not supported");
            }
            else if (keys.Sort is not null)
            {
                (from, to) = (Text(bounds.Low, keys.Sort), Text(bounds.High, keys.Sort) + (bounds.IsPrefix ? BehindPrefix(keys.Sort.Kind) : ""));
                to = bounds.High is null ? null : to;
            }
        }

        return (partition, names) switch
        {
            (null, _) => throw Refused($"Query condition missed key schema element: {keys.Partition.Name}"),
            _ when names.Exists(name => !keys.Has(name)) => throw Refused(keys.Sort is null ? "Query key condition not supported" : $"Query condition missed key schema element: {keys.Sort.Name}"),
            _ when names.Distinct().Count() < names.Count => throw Refused("KeyConditionExpressions must only contain one condition per key"),
            ("", _) => throw ItemJson.EmptyKey(keys.Partition),
            _ when from is "" || to is "" => throw ItemJson.EmptyKey(keys.Sort!),
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

    private static Bounds BoundsOf(ConditionExpression part) => part switch
    {
        ConditionExpression.OperandComparison { Left.Path: null } turned => BoundsOf(turned.Right, Turned(turned.Sign), turned.Left),
        ConditionExpression.OperandComparison comparison => BoundsOf(comparison.Left, comparison.Sign, comparison.Right),
        ConditionExpression.Between between => new Bounds(Name(between.Value), between.Low, between.High),
        ConditionExpression.Function { Name: "begins_with" } begins => new Bounds(Name(begins.Operands[0]), begins.Operands[1], begins.Operands[1], IsPrefix: true),
        ConditionExpression.Function function => throw Unsupported(function.Name),
        ConditionExpression.Either => throw Unsupported("OR"),
        ConditionExpression.Not => throw Unsupported("NOT"),
        _ => throw Unsupported("IN"),
    };

    private static Bounds BoundsOf(Operand key, string sign, Operand value) => sign switch
    {
        "=" => new Bounds(Name(key), value, value),
        ">" or ">=" => new Bounds(Name(key), value, null),
        "<" or "<=" => new Bounds(Name(key), null, value),
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

    /// <summary>Every text with a prefix is at least the prefix, and less than the prefix with this behind it. The condition itself decides where the range ends.</summary>
    private static string BehindPrefix(KeyKind kind) => kind == KeyKind.S ? char.ConvertFromUtf32(0x10FFFF) : "g";

    private static string? Text(Operand? operand, KeyAttribute key) => operand is null ? null
        : operand is { Path: null, IsSize: false } literal && key.Text(literal.Value) is { } text ? text
        : throw Refused("One or more parameter values were invalid: Condition parameter type does not match schema type");

    /// <summary>The bounds of a key, as the condition has them.</summary>
    private sealed record Bounds(string Name, Operand? Low, Operand? High, bool IsPrefix = false);
}
