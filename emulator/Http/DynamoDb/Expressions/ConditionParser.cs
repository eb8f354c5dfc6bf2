namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Reads condition, filter and key condition expressions. Source: Amazon DynamoDB Developer Guide, "Condition and filter expressions, operators, and functions in DynamoDB".</summary>
internal sealed class ConditionParser
{
    /// <summary>Operators and functions in an expression, and so nested levels: no expression can exhaust the stack. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".</summary>
    public const int MaxLevels = 300;

    /// <summary>Values after IN. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".</summary>
    private const int MaxInOperands = 100;

    private static readonly string[] Types = ["S", "N", "B", "BOOL", "NULL", "SS", "NS", "BS", "L", "M"];

    private static readonly Dictionary<string, Func<ConditionParser, ConditionExpression>> Functions = new()
    {
        ["attribute_exists"] = static parser => parser.OfPath("attribute_exists", static (value, _) => value is not null),
        ["attribute_not_exists"] = static parser => parser.OfPath("attribute_not_exists", static (value, _) => value is null),
        ["attribute_type"] = static parser => parser.AttributeType(),
        ["begins_with"] = static parser => parser.OfTwo("begins_with", static (value, prefix) => value is { } v && prefix is { } p && AttributeValues.BeginsWith(v, p), "S", "B"),
        ["contains"] = static parser => parser.OfTwo("contains", static (value, part) => value is { } v && part is { } p && AttributeValues.Contains(v, p), Types),
    };

    private readonly Lexer _lexer;
    private readonly Scope _scope;
    private int _level;

    private ConditionParser(Lexer lexer, Scope scope) => (_lexer, _scope) = (lexer, scope);

    /// <exception cref="AwsException">The expression is not valid.</exception>
    public static ConditionExpression Parse(Lexer lexer, Scope scope)
    {
        var parser = new ConditionParser(lexer, scope);
        var condition = parser.Either();
        lexer.ExpectEnd();
        return condition;
    }

    private ConditionExpression Either()
    {
        var left = Both();
        while (_lexer.Take("OR"))
        {
            left = new ConditionExpression.Either(left, Both());
        }

        return left;
    }

    private ConditionExpression Both()
    {
        var left = Negation();
        while (_lexer.Take("AND"))
        {
            left = new ConditionExpression.Both(left, Negation());
        }

        return left;
    }

    private ConditionExpression Negation()
    {
        if (_lexer.Take("NOT"))
        {
            return Deeper(() => new ConditionExpression.Not(Negation()));
        }

        if (!_lexer.Take("("))
        {
            return Function() ?? Comparison();
        }

        var inner = Deeper(Either);
        _lexer.Expect(")");
        return inner is ConditionExpression.Parentheses
            ? throw _lexer.Invalid("The expression has redundant parentheses;")
            : new ConditionExpression.Parentheses(inner);
    }

    private ConditionExpression Deeper(Func<ConditionExpression> read)
    {
        if (++_level > MaxLevels)
        {
            throw _lexer.Invalid($"The expression is nested deeper than {MaxLevels} levels");
        }

        var inner = read();
        _level--;
        return inner;
    }

    private ConditionExpression? Function()
    {
        if (!_lexer.IsAtFunction || _lexer.Current == "size")
        {
            return null;
        }

        var name = _lexer.Take();
        return Functions.TryGetValue(name, out var read) ? read(this)
            : throw _lexer.Invalid(name is "if_not_exists" or "list_append"
                ? $"The function is not allowed in a condition expression; function: {name}"
                : $"Invalid function name; function: {name}");
    }

    private ConditionExpression.Function OfPath(string name, Func<JsonElement?, JsonElement?, bool> test)
    {
        _lexer.Expect("(");
        var operand = Operand();
        _lexer.Expect(")");
        return operand.Path is null || operand.IsSize
            ? throw _lexer.Invalid($"Operator or function requires a document path; operator or function: {name}")
            : new ConditionExpression.Function(name, [operand], test);
    }

    private ConditionExpression.Function OfTwo(string name, Func<JsonElement?, JsonElement?, bool> test, params string[] types)
    {
        _lexer.Expect("(");
        var first = Operand();
        _lexer.Expect(",");
        var second = Operand();
        _lexer.Expect(")");
        Check(name, first, [second], types);
        return new ConditionExpression.Function(name, [first, second], test);
    }

    private ConditionExpression.Function AttributeType()
    {
        var function = OfTwo("attribute_type", static (value, type) => value is { } v && AttributeValues.Open(v).Type == AttributeValues.Text(type!.Value), "S");
        return function.Operands[1].Path is null && AttributeValues.Text(function.Operands[1].Value) is { } named && Types.Contains(named)
            ? function
            : throw _lexer.Invalid($"Invalid attribute type name found; valid types: {{{string.Join(',', Types)}}}");
    }

    private Operand Operand()
    {
        if (!_lexer.IsAtFunction)
        {
            return _lexer.Current.StartsWith(':') ? new Operand(null, _scope.Value(_lexer)) : new Operand(DocumentPath.Read(_lexer, _scope), default);
        }

        var function = _lexer.Take();
        _lexer.Expect("(");
        if (function != "size" || _lexer.IsAtFunction)
        {
            throw _lexer.Invalid($"The function is not allowed to be used this way in an expression; function: {function}");
        }

        var sized = Operand();
        _lexer.Expect(")");
        CheckType("size", sized, ["S", "B", "SS", "NS", "BS", "L", "M"]);
        return sized with { IsSize = true };
    }

    private ConditionExpression Comparison()
    {
        var left = Operand();
        if (_lexer.Take("BETWEEN"))
        {
            return Between(left);
        }

        if (_lexer.Take("IN"))
        {
            return In(left);
        }

        if (_lexer.Current is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
        {
            throw left.IsSize ? _lexer.Invalid("The function is not allowed to be used this way in an expression; function: size") : _lexer.Error();
        }

        var sign = _lexer.Take();
        var right = Operand();
        Check(sign, left, [right], sign is "=" or "<>" ? Types : ["S", "N", "B"]);
        return new ConditionExpression.OperandComparison(left, sign, right);
    }

    private ConditionExpression.Between Between(Operand value)
    {
        var low = Operand();
        _lexer.Expect("AND");
        var high = Operand();
        Check("BETWEEN", value, [low, high], ["S", "N", "B"]);
        return low.Path is null && high.Path is null && AttributeValues.Compare(low.Value, high.Value) > 0
            ? throw _lexer.Invalid(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; "
                + $"lower bound operand: {Written(low.Value)}, upper bound operand: {Written(high.Value)}")
            : new ConditionExpression.Between(value, low, high);
    }

    private ConditionExpression.In In(Operand value)
    {
        _lexer.Expect("(");
        var list = new List<Operand>();
        do
        {
            list.Add(Operand());
        }
        while (_lexer.Take(","));
        _lexer.Expect(")");
        Check("IN", value, list, Types);
        return list.Count <= MaxInOperands
            ? new ConditionExpression.In(value, list)
            : throw _lexer.Invalid($"The IN operator is provided with too many operands; number of operands: {list.Count}");
    }

    private void Check(string name, Operand first, IReadOnlyList<Operand> others, string[] types)
    {
        if (first is { Path: { } path, IsSize: false } && others.Any(other => !other.IsSize && other.Path is { } same && same.IsSameAs(path)))
        {
            throw _lexer.Invalid($"The first operand must be distinct from the remaining operands for this operator or function; operator: {name}, first operand: {path}");
        }

        CheckType(name, first, types);
        foreach (var other in others)
        {
            CheckType(name, other, types);
        }
    }

    private void CheckType(string name, Operand operand, string[] types)
    {
        if (operand is { Path: null, IsSize: false } && AttributeValues.Open(operand.Value).Type is var type && !types.Contains(type))
        {
            throw _lexer.Invalid($"Incorrect operand type for operator or function; operator or function: {name}, operand type: {type}");
        }
    }

    private static string Written(JsonElement value)
    {
        var (type, inner) = AttributeValues.Open(value);
        return $"AttributeValue: {{{type}:{inner.GetString()}}}";
    }
}
