namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Matches an object when all members match and, of each <c>$or</c>, at least one alternative.</summary>
internal sealed class ObjectPattern(List<MemberPattern> members, List<List<ObjectPattern>> alternatives)
{
    public bool Names(string member) =>
        members.Exists(candidate => candidate.Name == member) || alternatives.Exists(either => either.Exists(pattern => pattern.Names(member)));

    /// <param name="item">The object. Null, or a value that is not an object, has none of the members.</param>
    public bool Matches(JsonElement? item) =>
        members.TrueForAll(member => member.Matches(item)) && alternatives.TrueForAll(either => either.Exists(pattern => pattern.Matches(item)));
}

/// <summary>Matches a member that is an object which matches, or a leaf for which one of the conditions holds.</summary>
internal sealed class MemberPattern(string name, ObjectPattern? nested, List<ValuePattern>? conditions)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public bool Matches(JsonElement? item)
    {
        // An array stands for its elements, and for those of arrays inside it: one match is enough. Elements of the wrong kind (objects for a
        // leaf, leaves for an object) are ignored. "exists": false can hold only when no element is left.
        var isThere = false;
        foreach (var element in Elements(Find(item)))
        {
            if (element.ValueKind == JsonValueKind.Object == nested is not null)
            {
                isThere = true;
                if (Matches(element))
                {
                    return true;
                }
            }
        }

        return !isThere && (nested?.Matches(null) ?? conditions!.Exists(static condition => condition.Holds(null)));
    }

    private bool Matches(JsonElement element) => nested?.Matches((JsonElement?)element) ?? conditions!.Exists(condition => condition.Holds(element));

    private JsonElement? Find(JsonElement? item)
    {
        if (item is not { ValueKind: JsonValueKind.Object } map)
        {
            return null;
        }

        JsonElement? found = null;
        foreach (var member in map.EnumerateObject())
        {
            // The last one of a name counts, as for most readers of JSON.
            found = JsonText.HasName(member, _utf8, name) ? member.Value : found;
        }

        return found;
    }

    private static IEnumerable<JsonElement> Elements(JsonElement? value)
    {
        if (value is not { ValueKind: JsonValueKind.Array } array)
        {
            return value is { } single ? [single] : [];
        }

        return Flatten(array);
    }

    /// <summary>Does not use recursion, because an event may have a thousand nested arrays.</summary>
    private static IEnumerable<JsonElement> Flatten(JsonElement array)
    {
        var open = new Stack<JsonElement.ArrayEnumerator>([array.EnumerateArray()]);
        while (open.TryPop(out var elements))
        {
            while (elements.MoveNext())
            {
                var element = elements.Current;
                if (element.ValueKind == JsonValueKind.Array)
                {
                    open.Push(elements);
                    elements = element.EnumerateArray();
                }
                else
                {
                    yield return element;
                }
            }
        }
    }
}
