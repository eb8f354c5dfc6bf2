namespace DataToEvents.Emulator.Tables;

/// <summary>
/// The value of a key as a text whose bytes sort as DynamoDB sorts the values: a text as it is, bytes in hexadecimal digits, a number by sign, magnitude and digits.
/// All keys are stored so, and read back by <see cref="Value"/>.
/// </summary>
internal static class KeyText
{
    /// <summary>Makes each magnitude of DynamoDB's numbers a positive number of three digits.</summary>
    private const int MagnitudeOffset = 500;

    private const char Negative = '0';
    private const char Zero = '1';
    private const char Positive = '2';

    /// <summary>Comes after each digit: of two negative numbers with the same first digits the longer one is the smaller one.</summary>
    private const char EndOfNegative = '~';

    public static ReadOnlySpan<byte> Type(KeyKind kind) => kind switch
    {
        KeyKind.S => "S"u8,
        KeyKind.N => "N"u8,
        _ => "B"u8,
    };

    /// <param name="kind">The type of the key.</param>
    /// <param name="value">The value as it stands in JSON.</param>
    /// <exception cref="ServiceException">It is not a value of this type.</exception>
    public static string Of(KeyKind kind, string value) => kind switch
    {
        KeyKind.S => value,
        KeyKind.N => OfNumber(ItemNumber.Parse(Encoding.UTF8.GetBytes(value)).ToString()),
        _ => Convert.ToHexStringLower(Bytes(value)),
    };

    /// <summary>The value as it stands in JSON.</summary>
    public static string Value(KeyKind kind, string text) => kind switch
    {
        KeyKind.S => text,
        KeyKind.N => NumberOf(text),
        _ => Convert.ToBase64String(Convert.FromHexString(text)),
    };

    /// <summary>The bytes of the value as DynamoDB counts them for its limits.</summary>
    public static int Length(KeyKind kind, string text) => kind switch
    {
        KeyKind.S => Encoding.UTF8.GetByteCount(text),
        KeyKind.N => 0,
        _ => text.Length / 2,
    };

    private static string OfNumber(string number)
    {
        if (number == "0")
        {
            return $"{Zero}";
        }

        var isNegative = number[0] == '-';
        var plain = number.TrimStart('-');
        var point = plain.IndexOf('.', StringComparison.Ordinal);
        var digits = plain.Replace(".", "", StringComparison.Ordinal);
        var leading = digits.Length - digits.TrimStart('0').Length;
        var magnitude = ((point < 0 ? plain.Length : point) - leading + MagnitudeOffset).ToString("D3", CultureInfo.InvariantCulture);
        var text = magnitude + digits.Trim('0');
        return isNegative ? $"{Negative}{Complement(text)}{EndOfNegative}" : $"{Positive}{text}";
    }

    private static string NumberOf(string text)
    {
        if (text[0] == Zero)
        {
            return "0";
        }

        var plain = text[0] == Negative ? Complement(text[1..^1]) : text[1..];
        var (magnitude, digits) = (int.Parse(plain.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture) - MagnitudeOffset, plain[3..]);
        return ItemNumber.Parse(Encoding.UTF8.GetBytes($"{(text[0] == Negative ? "-" : "")}0.{digits}E{magnitude}")).ToString();
    }

    /// <summary>Each digit's distance from nine, so that what is larger sorts first.</summary>
    private static string Complement(string digits) => string.Create(digits.Length, digits, static (turned, digits) =>
    {
        for (var i = 0; i < digits.Length; i++)
        {
            turned[i] = (char)('0' + '9' - digits[i]);
        }
    });

    private static byte[] Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? bytes[..length]
            : throw new ServiceException("SerializationException", "The bytes of a key are not base64.");
    }
}
