using System.Collections.Frozen;

namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>The expressions of a request, and the placeholders that they use.</summary>
internal sealed class Scope
{
    private const string Names = "ExpressionAttributeNames";
    private const string Values = "ExpressionAttributeValues";

    private readonly JsonRequest _request;
    private readonly JsonElement? _names;
    private readonly Dictionary<string, JsonElement>? _values;
    private readonly HashSet<string> _used = [];
    private readonly List<string> _missing = [];
    private readonly Dictionary<string, Lexer> _lexers = [];

    /// <exception cref="AwsException">A value is not valid.</exception>
    public Scope(JsonRequest request)
    {
        _request = request;
        _names = request.Object(Names);
        _values = request.Object(Values)?.EnumerateObject().ToDictionary(static value => value.Name, static value => Checked(value.Name, value.Value));
    }

    /// <returns>Null when the request has no such expression.</returns>
    /// <exception cref="AwsException">The expression is not valid.</exception>
    public ConditionExpression? Condition(string member) => Lex(member, takesValues: true) is { } lexer ? ConditionParser.Parse(lexer, this) : null;

    /// <inheritdoc cref="Condition"/>
    public UpdateExpression? Update(string member) => Lex(member, takesValues: true) is { } lexer ? UpdateExpression.Parse(lexer, this) : null;

    /// <inheritdoc cref="Condition"/>
    public Projection? Projection() => Lex("ProjectionExpression", takesValues: false) is { } lexer ? Expressions.Projection.Parse(lexer, this) : null;

    /// <summary>The attributes that an expression names.</summary>
    public IReadOnlySet<string> Roots(string member) => _lexers.TryGetValue(member, out var lexer) ? lexer.Roots : FrozenSet<string>.Empty;

    /// <exception cref="AwsException">The request defines a placeholder that no expression uses.</exception>
    public void ThrowIfUnused()
    {
        ThrowIfUnused(Names, _names?.EnumerateObject().Select(static name => name.Name), "");
        var missing = $": {string.Join(" and ", _missing)} {(_missing.Count == 1 ? "is" : "are")} null";
        ThrowIfUnused(Values, _values?.Keys, _missing.Count == 0 ? "" : missing);
    }

    /// <summary>Takes a name, or the placeholder of one.</summary>
    public string Name(Lexer lexer)
    {
        if (lexer.Current is not ['#' or >= 'A' and <= 'Z' or >= 'a' and <= 'z', ..] token || token == "#")
        {
            throw lexer.Error();
        }

        if (token[0] != '#' && ReservedWords.Contain(token))
        {
            throw lexer.Invalid($"Attribute name is a reserved keyword; reserved keyword: {token}");
        }

        lexer.Take();
        if (token[0] != '#')
        {
            return token;
        }

        _used.Add(token);
        return _names is { } names && names.TryGetProperty(token, out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw lexer.Invalid($"An expression attribute name used in the document path is not defined; attribute name: {token}");
    }

    /// <summary>Takes the placeholder of a value.</summary>
    public JsonElement Value(Lexer lexer)
    {
        if (lexer.Current is not [':', _, ..] token)
        {
            throw lexer.Error();
        }

        lexer.Take();
        _used.Add(token);
        return _values is not null && _values.TryGetValue(token, out var value)
            ? value
            : throw lexer.Invalid($"An expression attribute value used in expression is not defined; attribute value: {token}");
    }

    private static JsonElement Checked(string name, JsonElement value)
    {
        try
        {
            return ItemJson.Value(value);
        }
        catch (ServiceException refused) when (refused.Code == "ValidationException")
        {
            throw new AwsException("ValidationException", $"{Values} contains invalid value: {refused.Message} for key {name}");
        }
    }

    private Lexer? Lex(string member, bool takesValues)
    {
        if (_request.Text(member) is not { } expression)
        {
            if (takesValues)
            {
                _missing.Add(member);
            }

            return null;
        }

        var lexer = _lexers[member] = new Lexer(member, expression);
        return lexer.IsAtEnd ? throw lexer.Invalid("The expression can not be empty;") : lexer;
    }

    private void ThrowIfUnused(string what, IEnumerable<string>? placeholders, string missing)
    {
        if (placeholders is null)
        {
            return;
        }

        if (_lexers.Count == 0)
        {
            throw new AwsException("ValidationException", $"{what} can only be specified when using expressions{missing}");
        }

        var keys = placeholders.ToList();
        if (keys.Count == 0)
        {
            throw new AwsException("ValidationException", $"{what} must not be empty");
        }

        var unused = keys.Where(key => !_used.Contains(key)).ToList();
        if (unused.Count > 0)
        {
            throw new AwsException("ValidationException", $"Value provided in {what} unused in expressions: keys: {{{string.Join(", ", unused)}}}");
        }
    }
}
