namespace DataToEvents.Load.Records;

/// <summary>
/// Numbers whose spelling a careless hop would change. They are written raw, because a payload has to arrive with the producer's digits (1.0 must not
/// become 1, nor 29 digits 17).
/// </summary>
public static class JsonNumbers
{
    private static readonly byte[][] Awkward =
    [
        "1.0"u8.ToArray(), "12.50"u8.ToArray(), "1e3"u8.ToArray(), "12345678901234567890.123456789"u8.ToArray(),
        "-0.0"u8.ToArray(), "2.5E-1"u8.ToArray(), "0.10"u8.ToArray(), "9007199254740993"u8.ToArray(), "1E+2"u8.ToArray(),
    ];

    public static void WriteAwkward(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref SplitMix64 random)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(random.Pick<byte[]>(Awkward), skipInputValidation: true);
    }

    /// <summary>Always two decimals, as money is written: 12.50, 25.00.</summary>
    public static void WriteMoney(this Utf8JsonWriter json, ReadOnlySpan<byte> name, long cents)
    {
        Span<byte> utf8 = stackalloc byte[32];
        Utf8.TryWrite(utf8, CultureInfo.InvariantCulture, $"{cents / 100}.{cents % 100:00}", out var length);
        json.WritePropertyName(name);
        json.WriteRawValue(utf8[..length], skipInputValidation: true);
    }

    /// <summary>One measured value in one of the spellings that real devices produce.</summary>
    public static void WriteReading(this Utf8JsonWriter json, ReadOnlySpan<byte> name, int hundredths, ref SplitMix64 random)
    {
        Span<byte> utf8 = stackalloc byte[64];
        var culture = CultureInfo.InvariantCulture;
        var (whole, rest) = (hundredths / 100, hundredths % 100);
        var length = 0;
        _ = random.Below(5) switch
        {
            0 => Utf8.TryWrite(utf8, culture, $"{whole}.{rest:00}", out length),
            1 => Utf8.TryWrite(utf8, culture, $"{whole}.0", out length),
            2 => Utf8.TryWrite(utf8, culture, $"{hundredths}e-2", out length),
            3 => Utf8.TryWrite(utf8, culture, $"{whole / 10}.{whole % 10}{rest:00}E+1", out length),
            _ => Utf8.TryWrite(utf8, culture, $"{whole}.{rest:00}{random.Next():D20}", out length),
        };
        json.WritePropertyName(name);
        json.WriteRawValue(utf8[..length], skipInputValidation: true);
    }
}
