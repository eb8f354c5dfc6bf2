namespace DataToEvents.Operator.Catalogs;

/// <summary>
/// Finds where a JSON Schema (2020-12) is narrower than another: payloads that fitted the old one and do not fit the new one any more. Keyword by keyword; a change of a
/// keyword that it cannot compare counts as narrower, because it may be narrower.
/// </summary>
internal sealed class SchemaDiff
{
    private const int MaxDepth = 64;

    private static readonly HashSet<string> Annotations =
    [
        "$schema", "$id", "$comment", "$anchor", "$defs", "definitions", "$ref", "title", "description", "default", "deprecated", "readOnly", "writeOnly", "examples", "format",
        "contentMediaType", "contentEncoding", "contentSchema",
    ];

    private static readonly HashSet<string> Compared =
    [
        "type", "enum", "const", "required", "properties", "additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems", "propertyNames", "allOf", "dependentRequired", "uniqueItems", "multipleOf",
        .. LowerBounds, .. UpperBounds,
    ];

    private static readonly string[] Inner = ["items", "propertyNames", "unevaluatedItems"];

    private readonly HashSet<(string, string)> _compared = [];
    private readonly JsonElement _old;
    private readonly JsonElement _new;
    private readonly List<string> _narrower = [];

    private SchemaDiff(JsonElement old, JsonElement @new) => (_old, _new) = (old, @new);

    /// <summary>The schema that everything fits.</summary>
    public static JsonElement Anything { get; } = JsonDocument.Parse("true").RootElement;

    private static string[] LowerBounds => ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];

    private static string[] UpperBounds => ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

    /// <param name="old">The schema by which events were checked.</param>
    /// <param name="new">The schema by which they are to be checked.</param>
    /// <returns>A line for each place; none if all that fitted still fits.</returns>
    public static IReadOnlyList<string> Narrower(JsonElement old, JsonElement @new)
    {
        var diff = new SchemaDiff(old, @new);
        diff.Compare("", old, @new, 0);
        return [.. diff._narrower.Distinct()];
    }

    private void Compare(string at, JsonElement old, JsonElement @new, int depth)
    {
        // A schema may refer to itself.
        if (Has(@new, "$ref") && !_compared.Add((old.GetRawText(), @new.GetRawText())))
        {
            return;
        }

        (old, @new) = (Resolve(_old, old), Resolve(_new, @new));
        if (depth > MaxDepth || IsNothing(old) || IsAnything(@new))
        {
            return;
        }

        if (IsNothing(@new))
        {
            Say(at, "nothing is allowed any more");
            return;
        }

        CompareTypes(at, old, @new);
        CompareValues(at, old, @new);
        CompareBounds(at, old, @new);
        CompareNames(at, "required", old, @new);
        CompareProperties(at, old, @new, depth);
        foreach (var part in Inner.Where(part => Has(@new, part)))
        {
            Compare($"{at}/{part}", Get(old, part) ?? Anything, Get(@new, part)!.Value, depth + 1);
        }

        CompareLists(at, old, @new, depth);
        CompareRest(at, old, @new);
    }

    private void CompareTypes(string at, JsonElement old, JsonElement @new)
    {
        if (Get(@new, "type") is not { } type)
        {
            return;
        }

        var now = Strings(type);
        string[] before = Get(old, "type") is { } had ? Strings(had) : Get(old, "const") is { } value ? [TypeOf(value)] : Get(old, "enum") is { } values ? [.. values.EnumerateArray().Select(TypeOf).Distinct()] : [];
        if (before.Length == 0)
        {
            Say($"{at}/type", $"was any, is {string.Join(" or ", now)}");
        }
        else if (before.Where(had => !now.Contains(had) && !(had == "integer" && now.Contains("number"))).ToArray() is { Length: > 0 } gone)
        {
            Say($"{at}/type", $"{string.Join(" and ", gone)} not allowed any more");
        }
    }

    /// <summary><c>const</c> is an enum of one value.</summary>
    private void CompareValues(string at, JsonElement old, JsonElement @new)
    {
        if (ValuesOf(@new) is not { } now)
        {
            return;
        }

        if (ValuesOf(old) is not { } before)
        {
            Say($"{at}/enum", "only certain values are allowed now");
        }
        else if (before.Where(had => !now.Exists(value => JsonElement.DeepEquals(had, value))).Select(static had => had.GetRawText()).ToArray() is { Length: > 0 } gone)
        {
            Say($"{at}/enum", $"{string.Join(", ", gone)} not allowed any more");
        }
    }

    private void CompareBounds(string at, JsonElement old, JsonElement @new)
    {
        foreach (var bound in LowerBounds.Concat(UpperBounds))
        {
            if (Number(@new, bound) is { } now && (Number(old, bound) is not { } before || (LowerBounds.Contains(bound) ? now > before : now < before)))
            {
                Say($"{at}/{bound}", $"was {Raw(old, bound)}, is {Raw(@new, bound)}");
            }
        }

        if (Number(@new, "multipleOf") is { } step && !(Number(old, "multipleOf") is { } had && had % step == 0))
        {
            Say($"{at}/multipleOf", $"was {Raw(old, "multipleOf")}, is {Raw(@new, "multipleOf")}");
        }

        if (Get(@new, "uniqueItems") is { ValueKind: JsonValueKind.True } && Get(old, "uniqueItems") is not { ValueKind: JsonValueKind.True })
        {
            Say($"{at}/uniqueItems", "items have to differ now");
        }
    }

    private void CompareNames(string at, string keyword, JsonElement old, JsonElement @new)
    {
        var had = Get(old, keyword) is { } before ? Strings(before) : [];
        foreach (var name in Get(@new, keyword) is { } now ? Strings(now).Except(had) : [])
        {
            Say($"{at}/{keyword}", $"{name} is required now");
        }
    }

    private void CompareProperties(string at, JsonElement old, JsonElement @new, int depth)
    {
        var (had, has) = (Members(old, "properties"), Members(@new, "properties"));
        var (othersBefore, othersNow) = (Get(old, "additionalProperties") ?? Get(old, "unevaluatedProperties") ?? Anything, Get(@new, "additionalProperties") ?? Get(@new, "unevaluatedProperties") ?? Anything);

        // A new property that may be missing breaks nothing, although the old schema allowed any value for it.
        foreach (var name in IsAnything(othersBefore) ? had.Keys : had.Keys.Union(has.Keys))
        {
            Compare($"{at}/properties/{name}", had.GetValueOrDefault(name, othersBefore), has.GetValueOrDefault(name, othersNow), depth + 1);
        }

        if (!IsNothing(Resolve(_old, othersBefore)) && IsNothing(Resolve(_new, othersNow)))
        {
            Say($"{at}/additionalProperties", "other properties are not allowed any more");
        }
        else
        {
            Compare($"{at}/additionalProperties", othersBefore, othersNow, depth + 1);
        }

        var (dependedOn, dependsOn) = (Get(old, "dependentRequired") ?? Anything, Get(@new, "dependentRequired"));
        foreach (var member in dependsOn is { ValueKind: JsonValueKind.Object } ? dependsOn.Value.EnumerateObject().ToArray() : [])
        {
            CompareNames($"{at}/dependentRequired", member.Name, dependedOn, dependsOn!.Value);
        }
    }

    private void CompareLists(string at, JsonElement old, JsonElement @new, int depth)
    {
        var (had, has) = (Elements(old, "allOf"), Elements(@new, "allOf"));
        for (var i = 0; i < has.Length; i++)
        {
            Compare($"{at}/allOf/{i}", i < had.Length ? had[i] : had.Length == 0 ? old : Anything, has[i], depth + 1);
        }
    }

    /// <summary>Keywords that are not compared must be the same.</summary>
    private void CompareRest(string at, JsonElement old, JsonElement @new)
    {
        foreach (var member in @new.EnumerateObject().Where(static member => !Annotations.Contains(member.Name) && !Compared.Contains(member.Name)))
        {
            if (Get(old, member.Name) is not { } before || !JsonElement.DeepEquals(before, member.Value))
            {
                Say($"{at}/{member.Name}", "is another, and may allow less");
            }
        }
    }

    private void Say(string at, string what) => _narrower.Add($"{(at.Length == 0 ? "/" : at)}: {what}");

    /// <summary>What a <c>$ref</c> to a place in the same schema leads to, if nothing stands beside it that is checked too.</summary>
    private static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        for (var jumps = 0; jumps < MaxDepth && Get(schema, "$ref") is { ValueKind: JsonValueKind.String } reference; jumps++)
        {
            if (schema.EnumerateObject().Any(static member => !Annotations.Contains(member.Name)) || Find(root, reference.GetString()!) is not { } target)
            {
                break;
            }

            schema = target;
        }

        return schema;
    }

    private static JsonElement? Find(JsonElement root, string reference)
    {
        var place = root;
        foreach (var part in reference.TrimStart('#').Split('/').Skip(1))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (Get(place, name) is not { } next)
            {
                return null;
            }

            place = next;
        }

        return reference.StartsWith('#') ? place : null;
    }

    private static bool IsNothing(JsonElement schema) => schema.ValueKind == JsonValueKind.False;

    private static bool IsAnything(JsonElement schema) => schema.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.Object => schema.EnumerateObject().All(static member => Annotations.Contains(member.Name) && member.Name != "$ref"),
        _ => false,
    };

    private static bool Has(JsonElement schema, string keyword) => Get(schema, keyword) is not null;

    private static JsonElement? Get(JsonElement schema, string keyword) => schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty(keyword, out var value) ? value : null;

    private static double? Number(JsonElement schema, string keyword) => Get(schema, keyword) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : null;

    private static string Raw(JsonElement schema, string keyword) => Get(schema, keyword)?.GetRawText() ?? "free";

    private static string[] Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(static one => one.ToString())] : [value.ToString()];

    private static List<JsonElement>? ValuesOf(JsonElement schema) => Get(schema, "const") is { } one ? [one] : Get(schema, "enum") is { ValueKind: JsonValueKind.Array } values ? [.. values.EnumerateArray()] : null;

    private static Dictionary<string, JsonElement> Members(JsonElement schema, string keyword) =>
        Get(schema, keyword) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject().ToDictionary(static member => member.Name, static member => member.Value) : [];

    private static JsonElement[] Elements(JsonElement schema, string keyword) => Get(schema, keyword) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static string TypeOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        JsonValueKind.Null => "null",
        _ => "boolean",
    };
}
