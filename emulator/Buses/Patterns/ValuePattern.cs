using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>One condition on one leaf (string, number, true, false or null); no value when the event does not have it.</summary>
internal abstract record ValuePattern
{
    public abstract bool Holds(JsonElement? value);
}

/// <summary>The same number as it is written, or true, false, null.</summary>
internal sealed record SameAs(JsonValueKind Kind, string Text) : ValuePattern
{
    public override bool Holds(JsonElement? value) =>
        value is { } given && given.ValueKind == Kind && given.GetRawText() == Text;
}

/// <summary>The same string.</summary>
internal sealed record SameText(string Text) : ValuePattern
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(Text);

    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.String } given && JsonText.Is(given, _utf8, Text);
}

/// <summary>Only leaves exist, in EventBridge's words: an object is not one.</summary>
internal sealed record ExistsPattern(bool Wanted) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value.HasValue == Wanted;
}

/// <summary>A string of which <paramref name="Test"/> holds.</summary>
internal sealed record TextThat(Predicate<string> Test) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && Test(JsonText.Of(text));
}

/// <summary>A value that is there, and of which none of the conditions holds.</summary>
internal sealed record AnythingBut(IReadOnlyList<ValuePattern> Excluded) : ValuePattern
{
    public override bool Holds(JsonElement? value) => value.HasValue && !Excluded.Any(condition => condition.Holds(value));
}

/// <summary>A number within bounds.</summary>
internal sealed record Numeric(double Least, bool LeastIncluded, double Most, bool MostIncluded) : ValuePattern
{
    /// <summary>EventBridge compares numbers from -5.0e9 to 5.0e9 (event-ruler, README); others match no range.</summary>
    public const double Largest = 5.0e9;

    public bool IsEmpty => Least > Most || (Least == Most && !(LeastIncluded && MostIncluded));

    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } given
        && double.TryParse(given.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && Math.Abs(number) <= Largest
        && (LeastIncluded ? number >= Least : number > Least)
        && (MostIncluded ? number <= Most : number < Most);
}

internal sealed record InNetwork(IPNetwork Network) : ValuePattern
{
    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } json && JsonText.Of(json) is var text
        && IPAddress.TryParse(text, out var address) && address.AddressFamily == Network.BaseAddress.AddressFamily
        // .NET takes "10" and "0x0a.1" for addresses.
        && (address.AddressFamily != AddressFamily.InterNetwork || address.ToString() == text)
        && Network.Contains(address);
}
