namespace DataToEvents.Local.Feeding;

/// <summary>Where demo traffic ends: at a size of the data directory, or after a time.</summary>
/// <param name="Bytes">The size; null when the time decides.</param>
/// <param name="Time">The time; null when the size decides.</param>
internal sealed record KeepBound(long? Bytes, TimeSpan? Time)
{
    private const long Kilo = 1_000;

    private static readonly (string Unit, long Bytes)[] Sizes = [("KB", Kilo), ("MB", Kilo * Kilo), ("GB", Kilo * Kilo * Kilo), ("TB", Kilo * Kilo * Kilo * Kilo)];
    private static readonly (string Unit, TimeSpan Time)[] Times = [("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1))];

    public static KeepBound Default { get; } = new(Kilo * Kilo * Kilo, null);

    /// <param name="text">A number and a unit: <c>1GB</c>, <c>500MB</c>, <c>90m</c>, <c>1d</c>.</param>
    /// <param name="bound">The bound, when the text is one.</param>
    public static bool TryParse(string text, out KeepBound bound)
    {
        var unit = text.TrimStart("0123456789.".ToCharArray());
        var isNumber = decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 100_000;
        var (size, time) = (Array.Find(Sizes, size => size.Unit == unit).Bytes, Array.Find(Times, time => time.Unit == unit).Time);
        bound = !isNumber ? Default : size > 0 ? new KeepBound((long)(number * size), null) : new KeepBound(null, time * (double)number);
        return isNumber && (size > 0 || time > TimeSpan.Zero);
    }

    /// <summary>A number of bytes as a person reads it.</summary>
    public static string Size(long bytes)
    {
        var (unit, size) = Array.FindLast(Sizes, size => bytes >= size.Bytes);
        return unit is null ? $"{bytes} bytes" : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / size:0.#} {unit}");
    }

    public override string ToString() => Bytes is { } bytes ? Size(bytes).Replace(" ", "", StringComparison.Ordinal)
        : Time >= TimeSpan.FromDays(1) ? string.Create(CultureInfo.InvariantCulture, $"{Time!.Value.TotalDays:0.#}d")
        : string.Create(CultureInfo.InvariantCulture, $"{Time!.Value.TotalMinutes:0.#}m");
}
