using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>A place in a catalog. It names itself in error messages.</summary>
internal readonly record struct CatalogNode(JsonElement Value, string Path)
{
    public CatalogException Wrong(string expected) => new($"{Path}: expected {expected}.");

    public void AllowOnly(params string[] names)
    {
        if (Value.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object");
        }

        foreach (var member in Value.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw new CatalogException($"{Path}.{member.Name}: unknown; allowed are {string.Join(", ", names)}.");
            }
        }
    }

    public CatalogNode? Optional(string name) =>
        Value.TryGetProperty(name, out var member) ? new CatalogNode(member, $"{Path}.{name}") : null;

    public CatalogNode Required(string name) => Optional(name) ?? throw new CatalogException($"{Path}.{name}: missing.");

    public IEnumerable<CatalogNode> Elements()
    {
        if (Value.ValueKind != JsonValueKind.Array)
        {
            throw Wrong("an array");
        }

        var path = Path;
        return Value.EnumerateArray().Select((element, index) => new CatalogNode(element, $"{path}[{index}]"));
    }

    public string Text(bool allowEmpty = false) =>
        Value.ValueKind == JsonValueKind.String && Value.GetString() is { } text && (allowEmpty || text.Length > 0) ? text : throw Wrong("a string that is not empty");

    /// <summary>The value of a CloudEvents attribute.</summary>
    public string Attribute() => CloudEventText.IsValid(Text()) ? Text() : throw Wrong("a string without control characters");

    public string Reference() => CloudEventRules.IsReference(Attribute()) ? Attribute() : throw Wrong("a URI reference");

    /// <summary>Adds the JSON pointer to a set.</summary>
    /// <returns>Its index there.</returns>
    public int PointerInto(JsonPointerSet pointers)
    {
        try
        {
            return pointers.Add(Text(allowEmpty: true));
        }
        catch (FormatException fault)
        {
            throw Wrong($"a JSON pointer; {fault.Message}");
        }
    }

    public bool Truth() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    public int Whole(int least, int most) =>
        Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Wrong($"a whole number from {least} to {most}");

    public JsonTokenType ScalarType() => Value.ValueKind switch
    {
        JsonValueKind.String => JsonTokenType.String,
        JsonValueKind.Number => JsonTokenType.Number,
        JsonValueKind.True => JsonTokenType.True,
        JsonValueKind.False => JsonTokenType.False,
        JsonValueKind.Null => JsonTokenType.Null,
        _ => throw Wrong("a string, number, true, false or null"),
    };

    /// <summary>What the value is compared by; null where its type says it all.</summary>
    public string? ScalarText() => Value.ValueKind switch
    {
        JsonValueKind.String => Value.GetString(),
        JsonValueKind.Number => Value.GetRawText(),
        _ => null,
    };
}
