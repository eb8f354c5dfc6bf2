namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>
/// Reads condition, filter and key condition expressions: comparisons, BETWEEN, AND, OR, NOT, parentheses, attribute_exists,
/// attribute_not_exists, begins_with. Document paths are not supported: attributes are those at the top level.
/// </summary>
internal sealed class ConditionParser
{
    /// <summary>Operators and functions in an expression, and so nested levels: no expression can exhaust the stack. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB".</summary>
    private const int MaxLevels = 300;

    private readonly Lexer _lexer;
    private readonly Scope _scope;
    private int _level;

    private ConditionParser(string expression, Scope scope) => (_lexer, _scope) = (new Lexer(expression), scope);

    /// <exception cref="AwsException">The expression is not valid.</exception>
    public static ConditionExpression Parse(string expression, Scope scope)
    {
        var parser = new ConditionParser(expression, scope);
        var condition = parser.Either();
        parser._lexer.ExpectEnd();
        return condition;
    }

    public static Operand Operand(Lexer lexer, Scope scope)
    {
        var token = lexer.Take();
        return token.StartsWith(':') ? new Operand(null, scope.Value(token)) : new Operand(scope.Name(token), default);
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
        return inner;
    }

    private ConditionExpression Deeper(Func<ConditionExpression> read)
    {
        if (++_level > MaxLevels)
        {
            throw new AwsException("ValidationException", $"Invalid expression: it is nested deeper than {MaxLevels} levels");
        }

        var inner = read();
        _level--;
        return inner;
    }

    private ConditionExpression? Function()
    {
        if (_lexer.Take("attribute_exists"))
        {
            return new ConditionExpression.AttributeExists(Argument());
        }

        if (_lexer.Take("attribute_not_exists"))
        {
            return new ConditionExpression.Not(new ConditionExpression.AttributeExists(Argument()));
        }

        if (!_lexer.Take("begins_with"))
        {
            return null;
        }

        _lexer.Expect("(");
        var value = Operand(_lexer, _scope);
        _lexer.Expect(",");
        var prefix = Operand(_lexer, _scope);
        _lexer.Expect(")");
        return new ConditionExpression.BeginsWith(value, prefix);
    }

    private string Argument()
    {
        _lexer.Expect("(");
        var name = _scope.Name(_lexer.Take());
        _lexer.Expect(")");
        return name;
    }

    private ConditionExpression Comparison()
    {
        var left = Operand(_lexer, _scope);
        if (_lexer.Take("BETWEEN"))
        {
            var low = Operand(_lexer, _scope);
            _lexer.Expect("AND");
            return new ConditionExpression.Between(left, low, Operand(_lexer, _scope));
        }

        if (_lexer.Current is not ("=" or "<>" or "<" or "<=" or ">" or ">="))
        {
            throw _lexer.Error();
        }

        return new ConditionExpression.OperandComparison(left, _lexer.Take(), Operand(_lexer, _scope));
    }
}
