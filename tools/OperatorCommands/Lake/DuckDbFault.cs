namespace DataToEvents.Operator.Lake;

/// <summary>An error of DuckDB in one line: what is wrong, and where. DuckDB itself draws an arrow below the line.</summary>
internal static partial class DuckDbFault
{
    private const int LongestPlace = 30;

    public static string Line(string message)
    {
        var text = message.ReplaceLineEndings("\n");
        var drawn = Drawing().Match(text);
        var said = string.Join(' ', (drawn.Success ? text[..drawn.Index] : text).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        return drawn.Success ? $"the SQL is wrong in line {drawn.Groups["line"].Value}{Near(drawn)}: {said}" : $"the SQL cannot be answered: {said}";
    }

    private static string Near(Match drawn)
    {
        var (sql, prefix) = (drawn.Groups["sql"].Value, $"LINE {drawn.Groups["line"].Value}: ".Length);
        var column = drawn.Groups["indent"].Length - prefix;
        if (column < 0 || column >= sql.Length)
        {
            return " at its end";
        }

        var place = sql[column..].Trim();
        return $" at '{(place.Length <= LongestPlace ? place : place[..LongestPlace] + "…")}'";
    }

    [GeneratedRegex(@"\nLINE (?<line>\d+): (?<sql>[^\n]*)\n(?<indent> *)\^", RegexOptions.ExplicitCapture)]
    private static partial Regex Drawing();
}
