namespace DataToEvents.Recovery.Reporting;

/// <summary>Formats values for people and for machines.</summary>
internal static class Cells
{
    public static string Text(object? value) => value switch
    {
        null => "-",
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        TimeSpan age => Age(age),
        long number => number.ToString("N0", CultureInfo.InvariantCulture),
        Percent { Value: 0 } => "under 1 %",
        Percent share => $"{Text(share.Value)} %",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => OneLine(value.ToString()!),
    };

    public static JsonNode? Json(object? value) => value switch
    {
        null => null,
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        TimeSpan age => Math.Round(age.TotalSeconds, 3),
        long number => number,
        Percent share => share.Value,
        int number => number,
        bool flag => flag,
        JsonNode node => node,
        _ => value.ToString(),
    };

    /// <summary>The beginning of any text, without control characters.</summary>
    public static string Preview(string text, int length) => text.Length <= length ? OneLine(text) : OneLine(text[..length]) + "…";

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalDays}d {age.Hours}h"),
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalHours}h {age.Minutes}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)age.TotalMinutes}m {age.Seconds}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)age.TotalSeconds)}s"),
    };

    /// <summary>Replaces control characters: a producer's bytes must not control the operator's terminal.</summary>
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            line.Append(char.IsControl(c) ? '·' : c);
        }

        return line.ToString();
    }
}

/// <summary>A share of a hundred; a number for machines.</summary>
internal readonly record struct Percent(long Value);
