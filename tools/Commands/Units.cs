namespace DataToEvents.Commands;

/// <summary>Numbers with a unit, written the same way in all tools: times such as <c>90s</c>, sizes such as <c>64KB</c>, and counts.</summary>
public static class Units
{
    public const string Times = "s, m, h or d, as in 90s";
    public const string Sizes = "KB, MB, GB or TB, as in 64KB";

    private static readonly (string Name, long Value)[] Seconds = [("s", 1), ("m", 60), ("h", 3_600), ("d", 86_400)];
    private static readonly (string Name, long Value)[] Bytes = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(100_000);

    public static bool TryTime(string text, out TimeSpan time)
    {
        var isTime = TryRead(text, Seconds, (decimal)Longest.TotalSeconds, out var seconds);
        time = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        return isTime;
    }

    public static bool TrySize(string text, out long bytes)
    {
        var isSize = TryRead(text, Bytes, long.MaxValue, out var value);
        bytes = (long)value;
        return isSize;
    }

    /// <summary>A time as it is typed, in the largest unit of which it is a whole number.</summary>
    public static string Text(TimeSpan time)
    {
        var (name, seconds) = Array.FindLast(Seconds, unit => time.TotalSeconds >= unit.Value && time.TotalSeconds % unit.Value == 0);
        return name is null ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s") : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds / seconds}{name}");
    }

    /// <summary>What is counted, for one or for many: "1 message", "2 messages", "1 copy", "2 copies".</summary>
    public static string Count(long number, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? one : many ?? $"{one}s")}");

    /// <summary>A number of bytes as a person reads it, in the largest unit of which it has at least one.</summary>
    public static string Text(long bytes)
    {
        var (name, size) = Array.FindLast(Bytes, unit => bytes >= unit.Value);
        return name is null ? Count(bytes, "byte") : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / size:0.#} {name}");
    }

    private static bool TryRead(string text, (string Name, long Value)[] units, decimal most, out decimal value)
    {
        var typed = text.TrimStart("0123456789.".ToCharArray());
        var (name, unit) = Array.Find(units, unit => unit.Name == typed);
        var isRead = decimal.TryParse(text.AsSpan(0, text.Length - typed.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && name is not null && number <= most / unit;
        value = isRead ? number * unit : 0;
        return isRead;
    }
}
