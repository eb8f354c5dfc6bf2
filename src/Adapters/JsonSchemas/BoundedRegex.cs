namespace DataToEvents.Adapters.JsonSchemas;

/// <summary>
/// Regular expressions of a schema, for which no text takes long. .NET's engine without backtracking takes time in proportion to the text (.NET documentation, "Backtracking in
/// regular expressions"). It knows no lookaround, no word boundary of ECMAScript and no backreference: such a pattern is matched with backtracking, and given up after a time.
/// </summary>
internal static class BoundedRegex
{
    private const string Digit = "0-9";
    private const string Space = @" \t-\r";

    // As .NET's own option for ECMAScript has it.
    private const string Word = @"0-9A-Za-z_\u0130";

    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <param name="pattern">In ECMAScript's syntax, sound.</param>
    public static Regex Of(string pattern)
    {
        if (Translate(pattern) is { } translated)
        {
            try
            {
                return new Regex(translated, RegexOptions.NonBacktracking);
            }
            catch (Exception fault) when (fault is NotSupportedException or ArgumentException)
            {
                // Lookaround, for example. The other engine takes it.
            }
        }

        return new Regex(pattern, RegexOptions.ECMAScript, MatchTimeout);
    }

    /// <summary>The pattern with ECMAScript's meaning of its classes, which the engine without backtracking does not know; null where it cannot say the same.</summary>
    private static string? Translate(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        var isInClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                if (Escape(pattern[++i], isInClass) is not { } escape)
                {
                    return null;
                }

                text.Append(escape);
                continue;
            }

            if (letter == '[' && (isInClass ? pattern[i - 1] == '-' : pattern.AsSpan(i + 1) is [']', ..] or ['^', ']', ..]))
            {
                // Subtraction, and classes that are empty or begin with a bracket, are read differently.
                return null;
            }

            isInClass = letter == '[' || (isInClass && letter != ']');
            text.Append(letter);
        }

        return text.ToString();
    }

    private static string? Escape(char letter, bool isInClass) => (letter, isInClass) switch
    {
        ('d', true) => Digit,
        ('d', false) => $"[{Digit}]",
        ('D', false) => $"[^{Digit}]",
        ('w', true) => Word,
        ('w', false) => $"[{Word}]",
        ('W', false) => $"[^{Word}]",
        ('s', true) => Space,
        ('s', false) => $"[{Space}]",
        ('S', false) => $"[^{Space}]",
        ('D' or 'W' or 'S' or 'p' or 'P', _) or ('b' or 'B' or 'k' or (>= '1' and <= '9'), false) => null,
        _ => $"\\{letter}",
    };
}
