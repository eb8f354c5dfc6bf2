using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Bus.Patterns;

/// <summary>All members must match, and of each <c>$or</c> at least one alternative.</summary>
internal sealed class ObjectPattern(List<(string Name, ObjectPattern? Nested, List<Condition>? Values)> members, List<List<ObjectPattern>> alternatives)
{
    public bool Names(string member) =>
        members.Exists(candidate => candidate.Name == member) || alternatives.Exists(either => either.Exists(pattern => pattern.Names(member)));

    public bool Matches(JsonElement? item) =>
        members.TrueForAll(member => Matches(member.Nested, member.Values, Member(item, member.Name)))
        && alternatives.TrueForAll(either => either.Exists(pattern => pattern.Matches(item)));

    private static bool Matches(ObjectPattern? nested, List<Condition>? values, JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Array } array)
        {
            return array.GetArrayLength() == 0
                ? MatchesOne(nested, values, null)
                : array.EnumerateArray().Any(element => Matches(nested, values, element));
        }

        return MatchesOne(nested, values, value);
    }

    private static bool MatchesOne(ObjectPattern? nested, List<Condition>? values, JsonElement? value) =>
        nested?.Matches(value) ?? values!.Exists(condition => condition.Holds(value));

    private static JsonElement? Member(JsonElement? item, string name) =>
        item is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(name, out var value) ? value : null;
}
