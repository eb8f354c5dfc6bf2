namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>
/// A value of the event. EventBridge joins the names of members by dots, so <c>{"a.b":1}</c> is the same as <c>{"a":{"b":1}}</c> (Amazon EventBridge User Guide,
/// "Creating event patterns"; recorded on AWS). The place <c>a</c> of <c>{"a.b":1}</c> is that object with the prefix <c>a.</c>: only its members with that prefix belong to it.
/// </summary>
internal readonly record struct EventPlace(JsonElement Value, string Prefix = "")
{
    public bool IsObject => Value.ValueKind == JsonValueKind.Object;

    /// <summary>The values of a member. An array stands for its elements, and for those of arrays inside it.</summary>
    /// <param name="name">A name without dots.</param>
    /// <param name="utf8">The same name.</param>
    public IEnumerable<EventPlace> Find(string name, byte[] utf8)
    {
        if (!IsObject)
        {
            yield break;
        }

        JsonElement? found = null;
        var isPrefix = false;
        foreach (var member in Value.EnumerateObject())
        {
            if (Prefix.Length == 0 && JsonText.HasName(member, utf8, name))
            {
                // The last one of a name counts, as for most readers of JSON.
                found = member.Value;
            }
            else if (JsonText.MayHaveDots(member) && JsonText.NameOf(member) is var joined && joined.StartsWith(Prefix, StringComparison.Ordinal))
            {
                var rest = joined.AsSpan(Prefix.Length);
                found = Prefix.Length > 0 && rest.SequenceEqual(name) ? member.Value : found;
                isPrefix |= rest.Length > name.Length && rest[name.Length] == '.' && rest.StartsWith(name, StringComparison.Ordinal);
            }
        }

        foreach (var element in found is { } value ? Elements(value) : [])
        {
            yield return new EventPlace(element);
        }

        if (isPrefix)
        {
            yield return new EventPlace(Value, $"{Prefix}{name}.");
        }
    }

    private static IEnumerable<JsonElement> Elements(JsonElement value) => value.ValueKind == JsonValueKind.Array ? Flatten(value) : [value];

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
