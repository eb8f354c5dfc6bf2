namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Matches an object when all members match and, of each <c>$or</c>, at least one alternative.</summary>
internal sealed class ObjectPattern(List<MemberPattern> members, List<List<ObjectPattern>> alternatives)
{
    public bool Names(string member) =>
        members.Exists(candidate => candidate.Name == member) || alternatives.Exists(either => either.Exists(pattern => pattern.Names(member)));

    /// <param name="item">The object. Null, or a value that is not an object, has none of the members.</param>
    public bool Matches(EventPlace? item) =>
        members.TrueForAll(member => member.Matches(item)) && alternatives.TrueForAll(either => either.Exists(pattern => pattern.Matches(item)));
}

/// <summary>Matches a member that is an object which matches, or a leaf for which one of the conditions holds.</summary>
internal sealed class MemberPattern(string name, ObjectPattern? nested, List<ValuePattern>? conditions)
{
    private readonly byte[] _utf8 = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public bool Matches(EventPlace? item)
    {
        // An array stands for its elements, and for those of arrays inside it: one match is enough. Elements of the wrong kind (objects for a
        // leaf, leaves for an object) are ignored. "exists": false can hold only when no element is left.
        var isThere = false;
        foreach (var element in item?.Find(name, _utf8) ?? [])
        {
            if (element.IsObject == nested is not null)
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

    private bool Matches(EventPlace element) => nested?.Matches((EventPlace?)element) ?? conditions!.Exists(condition => condition.Holds(element.Value));
}
