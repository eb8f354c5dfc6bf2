namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Splits an expression into words, placeholders and signs.</summary>
/// <param name="kind">The expression's member in the request, such as <c>FilterExpression</c>, for error messages.</param>
/// <param name="text">The expression.</param>
internal sealed partial class Lexer(string kind, string text)
{
    private readonly MatchCollection _tokens = Token().Matches(text);
    private int _at;

    /// <summary>The next token; empty at the end.</summary>
    public string Current => Ahead(0);

    /// <summary>The attributes that the expression names.</summary>
    public HashSet<string> Roots { get; } = [];

    public bool IsAtEnd => _at == _tokens.Count;

    /// <summary>True when the next token is a word and a parenthesis follows it.</summary>
    public bool IsAtFunction => Current is [>= 'A' and <= 'Z' or >= 'a' and <= 'z', ..] && Ahead(1) == "(" && !Is("IN") && !Is("NOT") && !Is("AND") && !Is("OR");

    public bool Is(string keyword) => Current.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the token if it is this one.</summary>
    public bool Take(string keyword)
    {
        var isThere = Is(keyword);
        _at += isThere ? 1 : 0;
        return isThere;
    }

    public string Take() => IsAtEnd ? throw Error() : _tokens[_at++].Value;

    public void Expect(string keyword)
    {
        if (!Take(keyword))
        {
            throw Error();
        }
    }

    public void ExpectEnd()
    {
        if (!IsAtEnd)
        {
            throw Error();
        }
    }

    /// <summary>A syntax error at the next token, with the text from the token before it to the one after it.</summary>
    public AwsException Error()
    {
        var from = _tokens.Count == 0 ? 0 : _tokens[Math.Max(_at - 1, 0)].Index;
        var last = IsAtEnd ? null : _tokens[Math.Min(_at + 1, _tokens.Count - 1)];
        var near = text[from..(last is null ? text.Length : last.Index + last.Length)].TrimEnd();
        return Invalid($"Syntax error; token: \"{(IsAtEnd ? "<EOF>" : Current)}\", near: \"{near}\"");
    }

    public AwsException Invalid(string reason) => new("ValidationException", $"Invalid {kind}: {reason}");

    private string Ahead(int tokens) => _at + tokens < _tokens.Count ? _tokens[_at + tokens].Value : "";

    [GeneratedRegex(@"<[>=]|>=|[#:][A-Za-z0-9_]+|[A-Za-z][A-Za-z0-9_]*|[0-9]+|[\uD800-\uDBFF][\uDC00-\uDFFF]|\S")]
    private static partial Regex Token();
}
