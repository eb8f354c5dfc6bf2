namespace DataToEvents.Domain;

/// <summary>RFC 3339 timestamps, as CloudEvents asks for them.</summary>
public static class Timestamp
{
    // Seven digits of a second: .NET writes this format without parsing a pattern.
    private const string RoundTrip = "O";
    private const int RoundTripLength = 28;
    private const int ShapeLength = 19;
    private const int FractionDigits = 7;
    private const int SecondsOfDay = 86_400;
    private static readonly long LastSecond = DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The length of a time that <see cref="Format(DateTimeOffset)"/> writes, in characters and in bytes.</summary>
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

    /// <summary>
    /// Takes exactly RFC 3339's <c>date "T" time [fraction] ("Z" | offset)</c>, with leap seconds. Digits beyond 100 ns are cut off, and an instant that is outside of what
    /// <see cref="DateTimeOffset"/> can hold becomes the nearest that it can.
    /// </summary>
    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        if (!TryRead(text, out var seconds, out var fraction))
        {
            return false;
        }

        var ticks = ((Int128)seconds * TimeSpan.TicksPerSecond) + fraction;
        time = new DateTimeOffset((long)Int128.Clamp(ticks, 0, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
        return true;
    }

    public static bool IsValid(string text) => TryRead(text, out _, out _);

    /// <param name="text">Any text.</param>
    /// <param name="seconds">Seconds since the first of January of the year 1 in UTC. Negative if the offset moves the time before that.</param>
    /// <param name="fraction">The fraction of the second, in ticks.</param>
    private static bool TryRead(ReadOnlySpan<char> text, out long seconds, out int fraction)
    {
        (seconds, fraction) = (0, 0);
        if (!HasShape(text) || !TryReadFraction(text[ShapeLength..], out fraction, out var zone) || !TryReadZone(zone, out var offset))
        {
            return false;
        }

        int year = Digits(text[..4]), month = Digits(text[5..7]), day = Digits(text[8..10]);
        int hour = Digits(text[11..13]), minute = Digits(text[14..16]), second = Digits(text[17..19]);
        if (month is < 1 or > 12 || day < 1 || day > DaysIn(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        seconds = (DaysBefore(year, month, day) * SecondsOfDay) + (hour * 3_600) + (minute * 60) + second - offset;
        return second < 60 || IsAfterLeapSecond(seconds);
    }

    /// <summary>A leap second is the last of a month in UTC, so that the first of the next month follows it.</summary>
    private static bool IsAfterLeapSecond(long seconds) =>
        seconds % SecondsOfDay == 0 && seconds >= 0 && seconds / SecondsOfDay <= DateTime.MaxValue.Ticks / TimeSpan.TicksPerDay
            ? new DateTime(seconds * TimeSpan.TicksPerSecond, DateTimeKind.Utc).Day == 1
            : seconds == LastSecond + 1;

    private static bool HasShape(ReadOnlySpan<char> text)
    {
        const string Shape = "0000-00-00T00:00:00";
        if (text.Length <= ShapeLength)
        {
            return false;
        }

        for (var i = 0; i < ShapeLength; i++)
        {
            if (Shape[i] == '0' ? !char.IsAsciiDigit(text[i]) : char.ToUpperInvariant(text[i]) != Shape[i])
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadFraction(ReadOnlySpan<char> text, out int ticks, out ReadOnlySpan<char> rest)
    {
        ticks = 0;
        rest = text;
        if (text[0] != '.')
        {
            return true;
        }

        var length = text[1..].IndexOfAnyExceptInRange('0', '9');
        if (length <= 0)
        {
            return false;
        }

        for (var i = 0; i < FractionDigits; i++)
        {
            ticks = (ticks * 10) + (i < length ? text[i + 1] - '0' : 0);
        }

        rest = text[(length + 1)..];
        return true;
    }

    private static bool TryReadZone(ReadOnlySpan<char> zone, out int seconds)
    {
        seconds = 0;
        if (zone is "Z" or "z")
        {
            return true;
        }

        if (zone is not ['+' or '-', _, _, ':', _, _] || zone[1..3].ContainsAnyExceptInRange('0', '9') || zone[4..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        int hours = Digits(zone[1..3]), minutes = Digits(zone[4..]);
        seconds = ((hours * 3_600) + (minutes * 60)) * (zone[0] == '-' ? -1 : 1);
        return hours < 24 && minutes < 60;
    }

    /// <summary>The year 0 is a leap year.</summary>
    private static int DaysIn(int year, int month) => year == 0 ? DateTime.DaysInMonth(4, month) : DateTime.DaysInMonth(year, month);

    /// <summary>Days since the first of the year 1.</summary>
    private static long DaysBefore(int year, int month, int day) => year == 0
        ? new DateTime(4, month, day).DayOfYear - 1 - 366
        : new DateTime(year, month, day).Ticks / TimeSpan.TicksPerDay;

    private static int Digits(ReadOnlySpan<char> text)
    {
        var number = 0;
        foreach (var digit in text)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
