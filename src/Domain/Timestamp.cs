namespace DataToEvents.Domain;

/// <summary>RFC 3339 timestamps, as CloudEvents asks for them.</summary>
public static class Timestamp
{
    // With seven digits of a second: the one format that .NET writes without reading it as a pattern first.
    private const string RoundTrip = "O";
    private const int RoundTripLength = 28;

    /// <summary>Of what <see cref="Format(DateTimeOffset)"/> writes, in characters and in bytes.</summary>
    public const int Length = 24;

    public static string Format(DateTimeOffset time)
    {
        Span<byte> utf8 = stackalloc byte[Length];
        Format(time, utf8);
        return Encoding.ASCII.GetString(utf8);
    }

    /// <summary>The same in UTF-8.</summary>
    public static void Format(DateTimeOffset time, Span<byte> utf8)
    {
        Span<byte> full = stackalloc byte[RoundTripLength];
        time.UtcDateTime.TryFormat(full, out _, RoundTrip, CultureInfo.InvariantCulture);
        full[..(Length - 1)].CopyTo(utf8);
        utf8[Length - 1] = (byte)'Z';
    }

    /// <summary>Null outside of the years 1 to 9999.</summary>
    public static string? TryFormat(long epochMilliseconds) =>
        epochMilliseconds >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds() && epochMilliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? Format(DateTimeOffset.FromUnixTimeMilliseconds(epochMilliseconds))
            : null;

    /// <summary>Takes exactly <c>date "T" time [fraction] ("Z" | offset)</c>; digits beyond 100 ns are rounded away.</summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        return HasShape(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    private static bool HasShape(string text)
    {
        const string Shape = "0000-00-00T00:00:00";
        if (text.Length <= Shape.Length)
        {
            return false;
        }

        for (var i = 0; i < Shape.Length; i++)
        {
            if (Shape[i] == '0' ? !char.IsAsciiDigit(text[i]) : char.ToUpperInvariant(text[i]) != Shape[i])
            {
                return false;
            }
        }

        var zone = text.AsSpan(Shape.Length).TrimStart(".0123456789");
        return zone is "Z" or "z" || (zone.Length == 6 && zone[0] is '+' or '-' && zone[3] == ':');
    }
}
