using CsCheck;
using DataToEvents.Emulator.Tables;

namespace DataToEvents.Emulator.Tests.Tables;

/// <summary>Keys of numbers and bytes as they are stored: their texts sort as the values do, and become the same values again.</summary>
public sealed class KeyTextTests
{
    [Fact]
    public void Numbers_sort_by_their_values()
    {
        string[] numbers =
        [
            "-9.9999999999999999999999999999999999999E125", "-100", "-12.35", "-12.3", "-12", "-1.5", "-1", "-0.001", "-1E-130",
            "0", "1E-130", "0.001", "0.01", "1", "1.5", "9", "10", "12", "12.3", "12.35", "100", "9.9999999999999999999999999999999999999E125",
        ];

        var texts = numbers.Select(static number => KeyText.Of(KeyKind.N, number)).ToList();

        texts.Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        texts.Select(static text => KeyText.Value(KeyKind.N, text)).Should().Equal(numbers.Select(static number => ItemNumber.Parse(Encoding.UTF8.GetBytes(number)).ToString()));
    }

    [Fact]
    public void Any_two_numbers_sort_by_their_values() => Gen.Select(Gen.Decimal, Gen.Decimal).Sample((left, right) =>
    {
        var (one, other) = (Text(left), Text(right));
        var order = string.CompareOrdinal(KeyText.Of(KeyKind.N, one), KeyText.Of(KeyKind.N, other));
        return Math.Sign(order) == left.CompareTo(right) && KeyText.Value(KeyKind.N, KeyText.Of(KeyKind.N, one)) == ItemNumber.Parse(Encoding.UTF8.GetBytes(one)).ToString();
    });

    [Fact]
    public void Bytes_sort_by_their_values_and_stay_the_same()
    {
        byte[][] bytes = [[0], [0, 0], [1], [1, 255], [2], [127], [128], [255], [255, 255]];

        var texts = bytes.Select(static one => KeyText.Of(KeyKind.B, Convert.ToBase64String(one))).ToList();

        texts.Should().BeInAscendingOrder(StringComparer.Ordinal);
        texts.Select(static text => KeyText.Value(KeyKind.B, text)).Should().Equal(bytes.Select(Convert.ToBase64String));
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
