namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>A string in which <c>*</c> matches any characters; <c>\*</c> and <c>\\</c> are a star and a backslash. It searches each part once, from left to right, without backtracking.</summary>
internal sealed class Wildcard
{
    private readonly string[] _parts;

    private Wildcard(string[] parts) => _parts = parts;

    /// <summary>Returns null for two stars side by side and for a backslash that escapes nothing: EventBridge refuses both.</summary>
    public static Wildcard? TryParse(string pattern)
    {
        var parts = new List<string>();
        var part = new System.Text.StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                if (part.Length == 0 && parts.Count > 0)
                {
                    return null;
                }

                parts.Add(part.ToString());
                part.Clear();
                continue;
            }

            if (pattern[i] == '\\' && (++i == pattern.Length || pattern[i] is not ('*' or '\\')))
            {
                return null;
            }

            part.Append(pattern[i]);
        }

        parts.Add(part.ToString());
        return new Wildcard([.. parts]);
    }

    public bool Matches(string text)
    {
        if (_parts.Length == 1)
        {
            return text == _parts[0];
        }

        var (first, last) = (_parts[0], _parts[^1]);
        if (text.Length < first.Length + last.Length || !text.StartsWith(first, StringComparison.Ordinal) || !text.EndsWith(last, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text.AsSpan(first.Length, text.Length - first.Length - last.Length);
        foreach (var part in _parts.AsSpan(1, _parts.Length - 2))
        {
            var at = rest.IndexOf(part, StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
