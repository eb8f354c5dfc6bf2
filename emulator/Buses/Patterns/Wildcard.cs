namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Patterns in which <c>*</c> matches any characters; <c>\*</c> and <c>\\</c> are a star and a backslash.</summary>
internal static class Wildcard
{
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
}
