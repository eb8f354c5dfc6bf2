using System.Numerics;

namespace DataToEvents.Emulator.Tables;

/// <summary>
/// A number of DynamoDB: up to 38 significant digits, between 1E-130 and 9.99…E+125 (Amazon DynamoDB Developer Guide, "Naming rules and data types").
/// DynamoDB returns it without exponent and without zeros that mean nothing: <c>1.50E2</c> is stored as <c>150</c>.
/// </summary>
internal readonly struct ItemNumber : IComparable<ItemNumber>
{
    private const int MaxDigits = 38;
    private const int MaxMagnitude = 125;
    private const int MinMagnitude = -130;

    /// <summary>Far outside of every number's range, and far inside of an int's.</summary>
    private const int FarAway = 1_000_000;

    // The number is _digits × 10^_exponent. The digits do not end with a zero, unless the number is zero.
    private readonly BigInteger _digits;
    private readonly int _exponent;

    private ItemNumber(BigInteger digits, int exponent) => (_digits, _exponent) = (digits, exponent);

    /// <summary>The significant digits; 0 for zero.</summary>
    public int Precision => _digits.IsZero ? 0 : Digits.Length;

    public bool IsNegative => _digits.Sign < 0;

    private string Digits => BigInteger.Abs(_digits).ToString(CultureInfo.InvariantCulture);

    /// <param name="text">ASCII digits with a sign, a decimal point and an exponent, each of which may be missing.</param>
    /// <exception cref="ServiceException">It is not a number, or not one that DynamoDB can store.</exception>
    public static ItemNumber Parse(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[MaxDigits];
        var (count, zeros, scale) = (0, 0, 0);
        var (hasDigits, hasPoint, isTooLong) = (false, false, false);
        var at = text is [(byte)'+' or (byte)'-', ..] ? 1 : 0;
        for (; at < text.Length && (char.IsAsciiDigit((char)text[at]) || (text[at] == '.' && !hasPoint)); at++)
        {
            if (text[at] == '.')
            {
                hasPoint = true;
                continue;
            }

            hasDigits = true;
            scale += hasPoint ? 1 : 0;
            if (text[at] == '0')
            {
                zeros += count > 0 ? 1 : 0;
                continue;
            }

            isTooLong |= count + zeros >= MaxDigits;
            if (!isTooLong)
            {
                digits.Slice(count, zeros).Fill((byte)'0');
                digits[count + zeros] = text[at];
                (count, zeros) = (count + zeros + 1, 0);
            }
        }

        if (!hasDigits || Exponent(text[at..]) is not { } exponent)
        {
            throw new ServiceException("ValidationException", $"The parameter cannot be converted to a numeric value: {Encoding.UTF8.GetString(text)}");
        }

        if (isTooLong)
        {
            throw TooPrecise();
        }

        // 38 digits fit.
        UInt128 value = 0;
        foreach (var digit in digits[..count])
        {
            value = (value * 10) + (uint)(digit - '0');
        }

        return InRange(text[0] == '-' ? -(BigInteger)value : value, count == 0 ? 0 : zeros - scale + exponent);
    }

    public static ItemNumber operator +(ItemNumber left, ItemNumber right)
    {
        var exponent = Math.Min(left._exponent, right._exponent);
        var sum = left.At(exponent) + right.At(exponent);
        while (!sum.IsZero && (sum % 10).IsZero)
        {
            (sum, exponent) = (sum / 10, exponent + 1);
        }

        return InRange(sum, sum.IsZero ? 0 : exponent);
    }

    public static ItemNumber operator -(ItemNumber left, ItemNumber right) => left + new ItemNumber(-right._digits, right._exponent);

    public int CompareTo(ItemNumber other)
    {
        var exponent = Math.Min(_exponent, other._exponent);
        return At(exponent).CompareTo(other.At(exponent));
    }

    public override string ToString()
    {
        if (_digits.IsZero)
        {
            return "0";
        }

        var (digits, sign) = (Digits, IsNegative ? "-" : "");
        var whole = digits.Length + _exponent;
        return whole <= 0 ? $"{sign}0.{new string('0', -whole)}{digits}"
            : _exponent >= 0 ? $"{sign}{digits}{new string('0', _exponent)}"
            : $"{sign}{digits[..whole]}.{digits[whole..]}";
    }

    private static ItemNumber InRange(BigInteger digits, int exponent)
    {
        var number = new ItemNumber(digits, exponent);
        var magnitude = exponent + number.Precision - 1;
        return digits.IsZero ? number
            : magnitude > MaxMagnitude ? throw OutOfRange("Number overflow", "larger")
            : magnitude < MinMagnitude ? throw OutOfRange("Number underflow", "smaller")
            : number.Precision > MaxDigits ? throw TooPrecise()
            : number;
    }

    /// <returns>Null for a text that is no exponent.</returns>
    private static int? Exponent(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text is not [(byte)'e' or (byte)'E', .. var digits])
        {
            return null;
        }

        var isNegative = digits is [(byte)'-', ..];
        digits = digits is [(byte)'+' or (byte)'-', .. var unsigned] ? unsigned : digits;
        if (digits.IsEmpty || digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0)
        {
            return null;
        }

        var exponent = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? Math.Min(value, FarAway) : FarAway;
        return isNegative ? -exponent : exponent;
    }

    private static ServiceException TooPrecise() => new("ValidationException", $"Attempting to store more than {MaxDigits} significant digits in a Number");

    private static ServiceException OutOfRange(string what, string which) =>
        new("ValidationException", $"{what}. Attempting to store a number with magnitude {which} than supported range");

    private BigInteger At(int exponent) => _digits * BigInteger.Pow(10, _exponent - exponent);
}
