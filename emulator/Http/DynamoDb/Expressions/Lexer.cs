namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Cuts an expression into words, placeholders and signs, with one token to look ahead.</summary>
internal sealed class Lexer
{
    private readonly string _text;
    private int _position;

    public Lexer(string text)
    {
        _text = text;
        Next();
    }

    /// <summary>The token that comes next; empty at the end.</summary>
    public string Current { get; private set; } = "";

    public bool IsAtEnd => Current.Length == 0;

    public bool Is(string keyword) => Current.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes the token if it is this one.</summary>
    public bool Take(string keyword)
    {
        var found = Is(keyword);
        if (found)
        {
            Next();
        }

        return found;
    }

    public string Take()
    {
        var token = Current;
        if (IsAtEnd)
        {
            throw Error();
        }

        Next();
        return token;
    }

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
        "ValidationException", $"Invalid expression: Syntax error; token: {(IsAtEnd ? "<EOF>" : $"\"{Current}\"")}, in: \"{_text}\"");

    private void Next()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }

        var start = _position;
        if (_position < _text.Length)
        {
            _position += Length();
        }

        Current = _text[start.._position];
    }

    private int Length()
    {
        if (_text.AsSpan(_position) is ['<', '>' or '=', ..] or ['>', '=', ..])
        {
            return 2;
        }

        var end = _position;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is '#' or ':' or '_'))
        {
            end++;
        }

        return Math.Max(1, end - _position);
    }
}
