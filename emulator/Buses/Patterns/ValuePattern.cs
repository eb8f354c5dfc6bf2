using System.Net.Sockets;

namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>A condition on a leaf: a string, a number, true, false or null. The leaf is null when the event does not have it.</summary>
internal abstract record ValuePattern
{
    public abstract bool Holds(JsonElement? value);
}

/// <summary>The same, for true, false and null.</summary>
internal sealed record SameKind(JsonValueKind Kind) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value is { } given && given.ValueKind == Kind;
}

/// <summary>
/// The same number, whatever its notation: <c>300.0</c> is 300 (recorded on AWS; the Amazon EventBridge User Guide says that numbers are compared as text). Numbers that
/// EventBridge does not compare must have the same text.
/// </summary>
internal sealed record SameNumber(string Text) : ValuePattern
{
    private readonly double? _number = Numeric.Read(Text);

    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.Number } given
        && (given.GetRawText() is var text && text == Text || (_number is { } number && Numeric.Read(text) == number));
}

/// <summary>The same string.</summary>
internal sealed record SameText(string Text) : ValuePattern
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Text);

    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.String } given && JsonText.Is(given, _utf8, Text);
}

/// <summary>Whether the leaf is there. For EventBridge only leaves exist, not objects.</summary>
internal sealed record ExistsPattern(bool Wanted) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value.HasValue == Wanted;
}

/// <summary>A string for which <paramref name="Test"/> is true.</summary>
internal sealed record TextThat(Predicate<string> Test) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && Test(JsonText.Of(text));
}

/// <summary>A value that exists and for which none of the conditions holds.</summary>
internal sealed record AnythingBut(IReadOnlyList<ValuePattern> Excluded) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value.HasValue && !Excluded.Any(condition => condition.Holds(value));
}

/// <summary>A number within bounds.</summary>
internal sealed record Numeric(double Least, bool LeastIncluded, double Most, bool MostIncluded) : ValuePattern
{
    /// <summary>EventBridge compares numbers from -5.0e9 to 5.0e9 (README of github.com/aws/event-ruler). Other numbers match no range.</summary>
    public const double Largest = 5.0e9;

    public bool IsEmpty => Least > Most || (Least == Most && !(LeastIncluded && MostIncluded));

    /// <summary>Null for a number that EventBridge does not compare.</summary>
    public static double? Read(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest ? number : null;

    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } given
        && Read(given.GetRawText()) is { } number
        && (LeastIncluded ? number >= Least : number > Least)
        && (MostIncluded ? number <= Most : number < Most);
}

internal sealed record InNetwork(IPNetwork Network) : ValuePattern
{
    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } json && JsonText.Of(json) is var text
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == Network.BaseAddress.AddressFamily
        // .NET parses "10" and "0x0a.1" as addresses.
        && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text)
        && Network.Contains(address);
}
