using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Bus.Patterns;

/// <summary>Reads <c>["&gt;", 0, "&lt;=", 5]</c>.</summary>
internal static class NumericReader
{
    public static Numeric Read(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() is not (2 or 4))
        {
            throw PatternReader.Wrong(path, "one or two comparisons, such as [\">\", 0, \"<=\", 5]");
        }

        var bounds = new Numeric(double.NegativeInfinity, true, double.PositiveInfinity, true);
        for (var i = 0; i < value.GetArrayLength(); i += 2)
        {
            bounds = Narrow(bounds, value[i], value[i + 1], $"{path}[{i}]");
        }

        return bounds.Least <= bounds.Most ? bounds : throw PatternReader.Wrong(path, "a range that is not empty");
    }

    private static Numeric Narrow(Numeric bounds, JsonElement comparison, JsonElement limit, string path)
    {
        if (comparison.ValueKind != JsonValueKind.String || limit.ValueKind != JsonValueKind.Number)
        {
            throw PatternReader.Wrong(path, "a comparison and a number");
        }

        var number = limit.GetDouble();
        return comparison.GetString() switch
        {
            "=" => new Numeric(number, true, number, true),
            ">" => bounds with { Least = number, LeastIncluded = false },
            ">=" => bounds with { Least = number, LeastIncluded = true },
            "<" => bounds with { Most = number, MostIncluded = false },
            "<=" => bounds with { Most = number, MostIncluded = true },
            _ => throw PatternReader.Wrong(path, "one of =, >, >=, <, <="),
        };
    }
}
