namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Patterns in which <c>*</c> matches any characters; <c>\*</c> and <c>\\</c> are a star and a backslash.</summary>
internal static class Wildcard
{
    /// <summary>
    /// EventBridge refused a pattern of 10 and took one of 6 (recorded on AWS). What it does between them is not known.
    /// </summary>
    private const int MaxComplexity = 9;

    /// <returns>An expression that matches in linear time; null for two stars side by side and for a backslash that escapes nothing: EventBridge refuses both.</returns>
    public static Regex? TryParse(string pattern)
    {
        var expression = new StringBuilder(@"\A");
        var isAfterStar = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                if (isAfterStar)
                {
                    return null;
                }

                isAfterStar = true;
                expression.Append(".*");
                continue;
            }

            isAfterStar = false;
            if (pattern[i] == '\\' && (++i == pattern.Length || pattern[i] is not ('*' or '\\')))
            {
                return null;
            }

            expression.Append(Regex.Escape(pattern[i].ToString()));
        }

        return new Regex(expression.Append(@"\z").ToString(), RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <summary>
    /// Whether an input can be at too many places of the pattern at once: after characters of it, and at stars. The input that is tried is the pattern's own text. The
    /// measure is that of github.com/aws/event-ruler, "MachineComplexityEvaluator".
    /// </summary>
    public static bool IsTooComplex(string pattern)
    {
        var tokens = Tokens(pattern);
        var (reached, stars) = (new HashSet<int>(), new HashSet<int>());
        Reach(-1, tokens, stars);
        var isFirst = true;
        foreach (var token in tokens)
        {
            if (token is not { } character)
            {
                continue;
            }

            var from = isFirst ? stars.Append(-1) : reached.Concat(stars);
            reached = [.. from.Select(at => at + 1).Where(next => next < tokens.Count && tokens[next] == character)];
            isFirst = false;
            foreach (var at in reached)
            {
                Reach(at, tokens, stars);
            }

            if (reached.Count + stars.Count > MaxComplexity)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the star that follows a place: it matches no character too, so it is reached at the same time.</summary>
    private static void Reach(int at, List<char?> tokens, HashSet<int> stars)
    {
        if (at + 1 < tokens.Count && tokens[at + 1] is null)
        {
            stars.Add(at + 1);
        }
    }

    /// <summary>Characters; null is a star.</summary>
    private static List<char?> Tokens(string pattern)
    {
        var tokens = new List<char?>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            tokens.Add(pattern[i] switch
            {
                '*' => null,
                '\\' => pattern[++i],
                var character => character,
            });
        }

        return tokens;
    }
}
