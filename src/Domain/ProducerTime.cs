namespace DataToEvents.Domain;

/// <summary>The unit of a number that counts from 1970 on.</summary>
internal enum TimeUnit
{
    /// <summary>Counts the digits before the point: 10 are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds. Any other number is no time.</summary>
    Auto,
    Seconds,
    Milliseconds,
    Microseconds,
    Nanoseconds,
}

/// <summary>Reads the forms in which producers write a time, as RFC 3339. What could mean two times is not read.</summary>
internal static class ProducerTime
{
    private const string Unknown = "its form is not known";
    private const string OutOfRange = "it is outside of the years 1 to 9999";
    private const string NoMagnitude = "its digits do not tell its unit: 10 are seconds, 13 milliseconds, 16 microseconds, 19 nanoseconds";

    // More would be rounded.
    private const int MaxDigits = 28;

    private const decimal NanosecondsOfSecond = 1_000_000_000;
    private const decimal MaxNanoseconds = 1_000 * 1_000 * 1_000 * NanosecondsOfSecond * 1_000;
    private const int DateLength = 10;
    private const int SecondsLength = 19;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789Ee");

    /// <param name="text">The producer's time. RFC 3339 is returned unchanged; any other form is rewritten as RFC 3339.</param>
    /// <param name="unit">The unit of a text of digits.</param>
    /// <param name="offset">The offset of a time without a zone; null: such a time is not read.</param>
    /// <param name="trouble">Why there is no time.</param>
    public static string? OfText(string text, TimeUnit unit, string? offset, out string? trouble)
    {
        trouble = null;
        if (Timestamp.IsValid(text))
        {
            return text;
        }

        if (text.Length <= 2 * MaxDigits && !text.AsSpan().ContainsAnyExcept(NumberCharacters))
        {
            Span<byte> digits = stackalloc byte[text.Length];
            Encoding.ASCII.GetBytes(text, digits);
            return OfNumber(digits, unit, out trouble);
        }

        var normal = Normal(text, offset, out trouble);
        if (normal is null || Timestamp.IsValid(normal))
        {
            return normal;
        }

        trouble = Unknown;
        return null;
    }

    /// <param name="number">The number as JSON writes it.</param>
    /// <param name="unit">The unit of the number.</param>
    /// <param name="trouble">Why there is no time.</param>
    public static string? OfNumber(ReadOnlySpan<byte> number, TimeUnit unit, out string? trouble)
    {
        trouble = null;
        if (unit is TimeUnit.Auto or TimeUnit.Milliseconds && number.Length == 13 && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && number[0] != '0')
        {
            return Timestamp.TryFormat(milliseconds);
        }

        if (!TryParse(number, out var value))
        {
            trouble = Unknown;
            return null;
        }

        return OfValue(value, unit, out trouble);
    }

    /// <summary>The sum of two numbers of one unit.</summary>
    public static string? Sum(ReadOnlySpan<byte> origin, ReadOnlySpan<byte> number, TimeUnit unit, out string? trouble)
    {
        trouble = null;
        if (TryParse(origin, out var from) && TryParse(number, out var since) && Math.Abs(from) < MaxNanoseconds && Math.Abs(since) < MaxNanoseconds)
        {
            return OfValue(from + since, unit, out trouble);
        }

        trouble = "it or its base is not a number";
        return null;
    }

    private static bool TryParse(ReadOnlySpan<byte> number, out decimal value)
    {
        value = default;
        var digits = number.Length - (number.Length > 0 && number[0] == '-' ? 1 : 0);
        return digits is > 0 and <= MaxDigits && char.IsAsciiDigit((char)number[^digits]) && char.IsAsciiDigit((char)number[^1])
            && !(digits > 1 && number[^digits] == '0' && char.IsAsciiDigit((char)number[^(digits - 1)]))
            && decimal.TryParse(number, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value);
    }

    private static string? OfValue(decimal value, TimeUnit unit, out string? trouble)
    {
        var factor = unit switch
        {
            TimeUnit.Auto => FactorOf(value),
            TimeUnit.Seconds => NanosecondsOfSecond,
            TimeUnit.Milliseconds => 1_000_000,
            TimeUnit.Microseconds => 1_000,
            _ => 1,
        };
        trouble = factor == 0 ? NoMagnitude : Math.Abs(value) >= MaxNanoseconds / factor ? OutOfRange : null;
        if (trouble is not null)
        {
            return null;
        }

        var nanoseconds = decimal.Floor(value * factor);
        var seconds = decimal.Floor(nanoseconds / NanosecondsOfSecond);
        if (seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            trouble = OutOfRange;
            return null;
        }

        return Format((long)seconds, (int)(nanoseconds - (seconds * NanosecondsOfSecond)));
    }

    /// <summary>Writes at least milliseconds, and more digits if the time has them.</summary>
    private static string Format(long seconds, int nanoseconds)
    {
        var fraction = nanoseconds.ToString("D9", CultureInfo.InvariantCulture);
        return $"{Timestamp.Format(DateTimeOffset.FromUnixTimeSeconds(seconds))[..SecondsLength]}.{fraction[..3]}{fraction[3..].TrimEnd('0')}Z";
    }

    private static decimal FactorOf(decimal value) => value switch
    {
        >= 1_000_000_000m and < 10_000_000_000m => NanosecondsOfSecond,
        >= 1_000_000_000_000m and < 10_000_000_000_000m => 1_000_000,
        >= 1_000_000_000_000_000m and < 10_000_000_000_000_000m => 1_000,
        >= 1_000_000_000_000_000_000m and < 10_000_000_000_000_000_000m => 1,
        _ => 0,
    };

    /// <summary>
    /// A date and a time of day with a space or a <c>T</c> between them, a fraction behind a point or a comma, and a zone: none, <c>Z</c>, <c>UTC</c>, <c>GMT</c>, or an
    /// offset of hours, or of hours and minutes. What the parts hold is not checked here.
    /// </summary>
    private static string? Normal(string text, string? offset, out string? trouble)
    {
        trouble = Unknown;
        if (text.Length < SecondsLength || text[DateLength] is not (' ' or 'T' or 't'))
        {
            return null;
        }

        var rest = text.AsSpan(SecondsLength);
        var fraction = rest;
        if (rest is ['.' or ',', ..])
        {
            var end = rest[1..].IndexOfAnyExceptInRange('0', '9');
            rest = end < 0 ? default : rest[(end + 1)..];
        }

        fraction = fraction[..^rest.Length];
        var written = rest is [' ', _, ..] ? rest[1..] : rest;
        var zone = written switch
        {
            "" => offset,
            "Z" or "z" or "UTC" or "GMT" => "Z",
            ['+' or '-', _, _] => $"{written}:00",
            ['+' or '-', _, _, not ':', _] => $"{written[..3]}:{written[3..]}",
            ['+' or '-', _, _, ':', _, _] => written.ToString(),
            _ => "",
        };
        if (zone is null)
        {
            trouble = "it has no zone, and the catalog gives no offset";
            return null;
        }

        trouble = null;
        return $"{text.AsSpan(0, DateLength)}T{text.AsSpan(DateLength + 1, SecondsLength - DateLength - 1)}{fraction.ToString().Replace(',', '.')}{zone}";
    }
}
