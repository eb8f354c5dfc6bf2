namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>An update expression: SET with values, attributes, <c>+</c>, <c>-</c> and if_not_exists; ADD of numbers; REMOVE.</summary>
internal sealed class UpdateExpression
{
    private readonly Lexer _lexer;
    private readonly Scope _scope;
    private readonly List<(string Name, Func<Attributes, JsonElement?> Value)> _changes = [];

    private UpdateExpression(string expression, Scope scope) => (_lexer, _scope) = (new Lexer(expression), scope);

    /// <exception cref="AwsException">The expression is not valid.</exception>
    public static UpdateExpression Parse(string expression, Scope scope)
    {
        var update = new UpdateExpression(expression, scope);
        while (!update._lexer.IsAtEnd)
        {
            update.ReadClause();
        }

        return update;
    }

    /// <summary>Changes the item's attributes. Each new value is computed from the item before the update.</summary>
    public void Apply(Dictionary<string, JsonElement> item)
    {
        Attributes before = name => item.TryGetValue(name, out var value) ? value : null;
        foreach (var (name, value) in _changes.Select(change => (change.Name, Value: change.Value(before))).ToList())
        {
            if (value is { } changed)
            {
                item[name] = changed;
            }
            else
            {
                item.Remove(name);
            }
        }
    }

    private void ReadClause()
    {
        Action clause = _lexer.Take("SET") ? ReadSet : _lexer.Take("ADD") ? ReadAdd : _lexer.Take("REMOVE") ? ReadRemove : throw _lexer.Error();
        do
        {
            clause();
        }
        while (_lexer.Take(","));
    }

    private void ReadSet()
    {
        var name = _scope.Name(_lexer.Take());
        _lexer.Expect("=");
        var left = ReadValue();
        var sign = _lexer.Current is "+" or "-" ? _lexer.Take() : null;
        if (sign is null)
        {
            _changes.Add((name, item => left(item)));
            return;
        }

        var right = ReadValue();
        _changes.Add((name, item => AttributeValues.Of(
            AttributeValues.Number(left(item)) + ((sign == "+" ? 1 : -1) * AttributeValues.Number(right(item))))));
    }

    private void ReadAdd()
    {
        var name = _scope.Name(_lexer.Take());
        var added = AttributeValues.Number(_scope.Value(_lexer.Take()));
        _changes.Add((name, item => AttributeValues.Of((item(name) is { } value ? AttributeValues.Number(value) : 0) + added)));
    }

    private void ReadRemove()
    {
        var name = _scope.Name(_lexer.Take());
        _changes.Add((name, _ => null));
    }

    private Func<Attributes, JsonElement> ReadValue()
    {
        if (!_lexer.Take("if_not_exists"))
        {
            return Required(ConditionParser.Operand(_lexer, _scope));
        }

        _lexer.Expect("(");
        var name = _scope.Name(_lexer.Take());
        _lexer.Expect(",");
        var otherwise = Required(ConditionParser.Operand(_lexer, _scope));
        _lexer.Expect(")");
        return item => item(name) ?? otherwise(item);
    }

    private static Func<Attributes, JsonElement> Required(Operand operand) => item => operand.In(item)
        ?? throw new AwsException("ValidationException", "The provided expression refers to an attribute that does not exist in the item");
}
