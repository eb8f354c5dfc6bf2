namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Splits an expression into words, placeholders and signs, with one token to look ahead.</summary>
internal sealed partial class Lexer(string text)
{
    private readonly Queue<string> _tokens = new(Token().Matches(text).Select(static token => token.Value));

    /// <summary>The next token; empty at the end.</summary>
    public string Current => _tokens.TryPeek(out var token) ? token : "";

    public bool IsAtEnd => _tokens.Count == 0;

    public bool Is(string keyword) => Current.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the token if it is this one.</summary>
    public bool Take(string keyword) => Is(keyword) && _tokens.TryDequeue(out _);

    public string Take() => _tokens.TryDequeue(out var token) ? token : throw Error();

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

    public AwsException Error() => new(
        "ValidationException", $"Invalid expression: Syntax error; token: {(IsAtEnd ? "<EOF>" : $"\"{Current}\"")}, in: \"{text}\"");

    [GeneratedRegex(@"<[>=]|>=|[\p{L}\p{Nd}#:_]+|\S")]
    private static partial Regex Token();
}
