namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>An update expression: SET, ADD, DELETE and REMOVE. Source: Amazon DynamoDB Developer Guide, "Using update expressions in DynamoDB".</summary>
internal sealed class UpdateExpression
{
    /// <inheritdoc cref="ConditionParser.MaxLevels"/>
    private const int MaxLevels = ConditionParser.MaxLevels;

    private static readonly string[] Sets = ["SS", "NS", "BS"];

    private readonly Lexer _lexer;
    private readonly Scope _scope;
    private readonly List<Change> _changes = [];
    private int _level;

    private UpdateExpression(Lexer lexer, Scope scope) => (_lexer, _scope) = (lexer, scope);

    /// <summary>The paths that the update changes.</summary>
    public IReadOnlyList<DocumentPath> Paths => _changes.ConvertAll(static change => change.Path);

    /// <exception cref="AwsException">The expression is not valid.</exception>
    public static UpdateExpression Parse(Lexer lexer, Scope scope)
    {
        var update = new UpdateExpression(lexer, scope);
        var clauses = new HashSet<string>();
        while (!lexer.IsAtEnd)
        {
            update.ReadClause(clauses);
        }

        DocumentPath.ThrowIfOverlapping(lexer, update.Paths);
        return update;
    }

    /// <summary>Changes an item. Each new value is computed from the item before the update.</summary>
    /// <param name="before">The item's attributes before the update.</param>
    /// <param name="item">The item that is changed.</param>
    /// <exception cref="AwsException">The item is not one that the update can change.</exception>
    public void Apply(Attributes before, JsonObject item)
    {
        var values = _changes.ConvertAll(change => (change.Path, Value: change.Value(before)));

        // Elements that a list gets are appended in the order of their indexes.
        foreach (var (path, value) in values.Where(static change => change.Value is not null).OrderBy(static change => LastIndex(change.Path)))
        {
            DocumentEdits.Set(item, path, JsonObject.Create(value!.Value)!);
        }

        // The deepest first, then from the end of each list, so that each index still means what it meant.
        foreach (var (path, _) in values.Where(static change => change.Value is null).OrderByDescending(static change => change.Path.Steps.Count).ThenByDescending(static change => LastIndex(change.Path)))
        {
            DocumentEdits.Remove(item, path);
        }
    }

    private static int LastIndex(DocumentPath path) => path.Steps.Count == 0 ? 0 : path.Steps[^1].Index;

    private void ReadClause(HashSet<string> clauses)
    {
        var clause = _lexer.Current.ToUpperInvariant();
        Action read = clause switch
        {
            "SET" => ReadSet,
            "ADD" => ReadAdd,
            "DELETE" => ReadDelete,
            "REMOVE" => () => Add(static _ => null),
            _ => throw _lexer.Error(),
        };
        if (!clauses.Add(clause))
        {
            throw _lexer.Invalid($"The \"{clause}\" section can only be used once in an update expression;");
        }

        _lexer.Take();
        do
        {
            read();
        }
        while (_lexer.Take(","));
    }

    private void Add(Func<Attributes, JsonElement?> value) => _changes.Add(new Change(DocumentPath.Read(_lexer, _scope), value));

    private void ReadSet()
    {
        var path = DocumentPath.Read(_lexer, _scope);
        _lexer.Expect("=");
        var value = ReadSum();
        _changes.Add(new Change(path, item => value(item)));
    }

    private void ReadAdd()
    {
        var path = DocumentPath.Read(_lexer, _scope);
        var added = ReadLiteral("ADD", ["N", .. Sets]);
        var isNumber = AttributeValues.Open(added).Type == "N";
        _changes.Add(new Change(path, item =>
            path.In(item) is not { } value ? added
            : isNumber ? AttributeValues.Sum(value, added)
            : AttributeValues.Change(value, added, remove: false)));
    }

    private void ReadDelete()
    {
        var path = DocumentPath.Read(_lexer, _scope);
        var members = ReadLiteral("DELETE", Sets);
        _changes.Add(new Change(path, item => path.In(item) is { } set ? AttributeValues.Change(set, members, remove: true) : null));
    }

    private JsonElement ReadLiteral(string clause, string[] types)
    {
        var value = _scope.Value(_lexer);
        var type = AttributeValues.Open(value).Type;
        return types.Contains(type)
            ? value
            : throw _lexer.Invalid($"Incorrect operand type for operator or function; operator: {clause}, operand type: {type}, typeSet: ALLOWED_FOR_{clause}_OPERAND");
    }

    private Func<Attributes, JsonElement> ReadSum()
    {
        var left = ReadOperand(out var leftType);
        if (_lexer.Current is not ("+" or "-"))
        {
            return left;
        }

        var sign = _lexer.Take();
        var right = ReadOperand(out var rightType);
        if ((leftType is null or "N" ? rightType : leftType) is not (null or "N") and var wrong)
        {
            throw _lexer.Invalid($"Incorrect operand type for operator or function; operator or function: {sign}, operand type: {wrong}");
        }

        return item => AttributeValues.Sum(left(item), right(item), subtract: sign == "-");
    }

    /// <param name="type">The type of a value of the request; null for an attribute and for a function.</param>
    private Func<Attributes, JsonElement> ReadOperand(out string? type)
    {
        type = null;
        if (_lexer.Take("("))
        {
            var inner = Deeper(ReadSum);
            _lexer.Expect(")");
            return inner;
        }

        if (_lexer.Current.StartsWith(':'))
        {
            var value = _scope.Value(_lexer);
            type = AttributeValues.Open(value).Type;
            return _ => value;
        }

        if (_lexer.IsAtFunction)
        {
            return Deeper(ReadFunction);
        }

        var path = DocumentPath.Read(_lexer, _scope);
        return item => path.In(item) ?? throw new AwsException("ValidationException", "The provided expression refers to an attribute that does not exist in the item");
    }

    private T Deeper<T>(Func<T> read)
    {
        if (++_level > MaxLevels)
        {
            throw _lexer.Invalid($"The expression is nested deeper than {MaxLevels} levels");
        }

        var inner = read();
        _level--;
        return inner;
    }

    private Func<Attributes, JsonElement> ReadFunction()
    {
        var name = _lexer.Take();
        _lexer.Expect("(");
        if (name == "if_not_exists")
        {
            var path = DocumentPath.Read(_lexer, _scope);
            var otherwise = ReadSecond(mayAppend: false);
            return item => path.In(item) ?? otherwise(item);
        }

        if (name != "list_append")
        {
            throw _lexer.Invalid(name is "size" or "attribute_exists" or "attribute_not_exists" or "attribute_type" or "begins_with" or "contains"
                ? $"The function is not allowed in an update expression; function: {name}"
                : $"Invalid function name; function: {name}");
        }

        var left = ReadOperand(out _);
        var right = ReadSecond(mayAppend: true);
        return item => AttributeValues.Append(left(item), right(item));
    }

    private Func<Attributes, JsonElement> ReadSecond(bool mayAppend)
    {
        _lexer.Expect(",");
        if (!mayAppend && _lexer.IsAtFunction && _lexer.Is("list_append"))
        {
            throw _lexer.Invalid("The function is not allowed to be used this way in an expression; function: list_append");
        }

        var second = ReadOperand(out _);
        _lexer.Expect(")");
        return second;
    }

    /// <summary>A path and its new value, which is null for a path that is removed.</summary>
    private readonly record struct Change(DocumentPath Path, Func<Attributes, JsonElement?> Value);
}
