namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Reads <c>["&gt;", 0, "&lt;=", 5]</c>: one comparison, or a lower bound followed by an upper bound.</summary>
internal static class NumericReader
{
    private static readonly Numeric Unbound = new(-Numeric.Largest, true, Numeric.Largest, true);

    public static Numeric Read(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is not (2 or 4))
        {
            throw PatternReader.Wrong(path, "one or two comparisons, such as [\">\", 0, \"<=\", 5]");
        }

        var bounds = value.GetArrayLength() == 2
            ? Exactly(value, path) ?? Lower(value, path) ?? Upper(Unbound, value, 0, path)
            : Upper(Lower(value, path) ?? throw PatternReader.Wrong($"{path}[0]", "> or >=, as there is a second comparison"), value, 2, path);
        return bounds.IsEmpty ? throw PatternReader.Wrong(path, "a range that is not empty") : bounds;
    }

    private static Numeric? Exactly(JsonElement value, string path) => Comparison(value, 0) == "=" && Limit(value, 0, path) is var limit
        ? new Numeric(limit, true, limit, true)
        : null;

    private static Numeric? Lower(JsonElement value, string path) => Comparison(value, 0) switch
    {
        ">" => Unbound with { Least = Limit(value, 0, path), LeastIncluded = false },
        ">=" => Unbound with { Least = Limit(value, 0, path) },
        _ => null,
    };

    private static Numeric Upper(Numeric bounds, JsonElement value, int at, string path) => Comparison(value, at) switch
    {
        "<" => bounds with { Most = Limit(value, at, path), MostIncluded = false },
        "<=" => bounds with { Most = Limit(value, at, path) },
        _ => throw PatternReader.Wrong($"{path}[{at}]", at == 0 ? "one of =, >, >=, <, <=" : "< or <="),
    };

    private static string? Comparison(JsonElement value, int at) => value[at].ValueKind == JsonValueKind.String ? value[at].GetString() : null;

    private static double Limit(JsonElement value, int at, string path) =>
        value[at + 1].ValueKind == JsonValueKind.Number && value[at + 1].GetDouble() is var number && Math.Abs(number) <= Numeric.Largest
            ? number
            : throw PatternReader.Wrong($"{path}[{at + 1}]", "a number from -5.0e9 to 5.0e9");
}
