using DataToEvents.Domain.Envelope;
using DataToEvents.Domain.Json;

namespace DataToEvents.Domain.Catalog;

/// <summary>A place in a catalog. It names itself in error messages.</summary>
internal readonly record struct CatalogNode(JsonElement Value, string Path)
{
    public const string Root = "catalog";

    public bool IsString => Value.ValueKind == JsonValueKind.String;

    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    public bool IsArray => Value.ValueKind == JsonValueKind.Array;

    public CatalogException Wrong(string expected) => new($"{Path}: expected {expected}.", Path);

    public void AllowOnly(params string[] names)
    {
        if (!IsObject)
        {
            throw Wrong("an object");
        }

        foreach (var member in Value.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw new CatalogException($"{Path}.{member.Name}: unknown; allowed are {string.Join(", ", names)}.", $"{Path}.{member.Name}");
            }
        }
    }

    public CatalogNode? Optional(string name) =>
        Value.TryGetProperty(name, out var member) ? new CatalogNode(member, $"{Path}.{name}") : null;

    public CatalogNode Required(string name) => Optional(name) ?? throw new CatalogException($"{Path}.{name}: missing.", Path);

    public IEnumerable<CatalogNode> Elements()
    {
        if (!IsArray)
        {
            throw Wrong("an array");
        }

        var path = Path;
        return Value.EnumerateArray().Select((element, index) => new CatalogNode(element, $"{path}[{index}]"));
    }

    /// <summary>The elements of an array that is not empty.</summary>
    public CatalogNode[] Several(string what) => Elements().ToArray() is { Length: > 0 } several ? several : throw Wrong($"at least one {what}");

    /// <summary>The elements of an array that is not empty, or the node itself.</summary>
    public CatalogNode[] OneOrSeveral(string what) => IsArray ? Several(what) : [this];

    public string Text(bool allowEmpty = false) =>
        IsString && Value.GetString() is { } text && (allowEmpty || text.Length > 0) ? text : throw Wrong("a string that is not empty");

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

    /// <summary>Reads a member that is one of several words, and returns the meaning of the word.</summary>
    public T Choice<T>(params (string Word, T Meaning)[] choices)
    {
        var given = IsString ? Value.GetString() : null;
        var place = Array.FindIndex(choices, choice => choice.Word == given);
        return place >= 0 ? choices[place].Meaning : throw Wrong($"one of {string.Join(", ", choices.Select(choice => choice.Word))}");
    }

    public CatalogScalar Scalar() => Value.ValueKind switch
    {
        JsonValueKind.String => new CatalogScalar(JsonTokenType.String, Value.GetString()),
        JsonValueKind.Number => new CatalogScalar(JsonTokenType.Number, Value.GetRawText()),
        JsonValueKind.True => new CatalogScalar(JsonTokenType.True, null),
        JsonValueKind.False => new CatalogScalar(JsonTokenType.False, null),
        JsonValueKind.Null => new CatalogScalar(JsonTokenType.Null, null),
        _ => throw Wrong("a string, number, true, false or null"),
    };
}
