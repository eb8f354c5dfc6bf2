using System.Globalization;
using System.Net;
using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Bus.Patterns;

/// <summary>One condition on one value; the value is null when the event does not have it.</summary>
internal abstract record Condition
{
    public abstract bool Holds(JsonElement? value);
}

/// <summary>The same string, number as it is written, true, false or null.</summary>
internal sealed record SameAs(JsonValueKind Kind, string? Text) : Condition
{
    public override bool Holds(JsonElement? value) => value is { } given && given.ValueKind == Kind && Kind switch
    {
        JsonValueKind.String => given.ValueEquals(Text),
        JsonValueKind.Number => given.GetRawText() == Text,
        _ => true,
    };
}

internal sealed record Exists(bool Wanted) : Condition
{
    // Only leaves exist, in EventBridge's words: an object is not one.
    public override bool Holds(JsonElement? value) => (value is { ValueKind: not JsonValueKind.Object }) == Wanted;
}

/// <summary>A string of which <paramref name="Test"/> holds.</summary>
internal sealed record TextThat(Predicate<string> Test) : Condition
{
    public override bool Holds(JsonElement? value) => value is { ValueKind: JsonValueKind.String } text && Test(text.GetString()!);
}

/// <summary>A value that is there, and of which none of the conditions holds.</summary>
internal sealed record AnythingBut(IReadOnlyList<Condition> Excluded) : Condition
{
    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: not (JsonValueKind.Object or JsonValueKind.Array) } && !Excluded.Any(condition => condition.Holds(value));
}

/// <summary>A number within bounds.</summary>
internal sealed record Numeric(double Least, bool LeastIncluded, double Most, bool MostIncluded) : Condition
{
    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.Number } given
        && double.TryParse(given.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && (LeastIncluded ? number >= Least : number > Least)
        && (MostIncluded ? number <= Most : number < Most);
}

internal sealed record InNetwork(IPNetwork Network) : Condition
{
    public override bool Holds(JsonElement? value) =>
        value is { ValueKind: JsonValueKind.String } text && IPAddress.TryParse(text.GetString(), out var address)
        && address.AddressFamily == Network.BaseAddress.AddressFamily && Network.Contains(address);
}
