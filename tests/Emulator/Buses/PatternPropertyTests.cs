using CsCheck;
using DataToEvents.Emulator.Buses.Patterns;
using Json = System.Text.Json.JsonDocument;

namespace DataToEvents.Emulator.Tests.Buses;

/// <summary>Compares the matcher with a naive one that follows the text of the rules.</summary>
public class PatternPropertyTests
{
    private static readonly Gen<string> Name = OneOf("a", "b", "c");
    private static readonly Gen<string> Text = OneOf("", "a", "ab", "aba", "AB", "é", "É", "a*", "bab");
    private static readonly Gen<JsonNode?> Scalar = Gen.OneOf(
        Text.Select(text => (JsonNode?)text), Gen.Int[-2, 3].Select(number => (JsonNode?)number), Gen.Bool.Select(flag => (JsonNode?)flag), Gen.Const((JsonNode?)null));

    private static readonly Gen<JsonNode?> Condition = Gen.OneOf(
        Scalar,
        Gen.Select(OneOf("prefix", "suffix", "equals-ignore-case"), Text, (op, text) => (JsonNode?)Of(op, text)),
        Gen.Select(OneOf("prefix", "suffix"), Text, (op, text) => (JsonNode?)Of(op, Of("equals-ignore-case", text))),
        OneOf("*", "a*", "*b", "a*a", "*a*", "b*a*", "a\\*").Select(glob => (JsonNode?)Of("wildcard", glob)),
        Gen.Bool.Select(flag => (JsonNode?)Of("exists", flag)),
        Gen.Select(OneOf("=", "<", "<=", ">", ">="), Gen.Int[-2, 3], (op, number) => (JsonNode?)Of("numeric", new JsonArray(op, number))),
        Text.Array[1, 3].Select(texts => (JsonNode?)Of("anything-but", new JsonArray([.. texts.Select(text => (JsonNode?)text)]))),
        Gen.Int[-2, 3].Select(number => (JsonNode?)Of("anything-but", number)),
        Gen.Select(OneOf("prefix", "suffix", "equals-ignore-case", "wildcard"), OneOf("a", "ab", "É"), (op, text) => (JsonNode?)Of("anything-but", Of(op, text))));

    // EventBridge takes 2,048 characters.
    private static readonly Gen<JsonNode?> Pattern = Patterns(depth: 2).Where(static pattern => pattern!.ToJsonString().Length <= 2_048);
    private static readonly Gen<JsonNode?> Event = Objects(depth: 3);

    [Fact]
    public void The_matcher_agrees_with_a_naive_one() => Gen.Select(Pattern, Event).Sample(
        (pattern, item) =>
        {
            using var json = Json.Parse(item!.ToJsonString());
            return EventPattern.Parse(pattern!.ToJsonString()).Matches(json.RootElement) == Naive.Matches(pattern.AsObject(), item);
        },
        iter: 20_000,
        print: pair => $"{pair.Item1!.ToJsonString()} against {pair.Item2!.ToJsonString()}");

    [Fact]
    public void Names_joined_by_dots_match_like_the_objects_that_they_stand_for() => Gen.Select(Pattern, Event, Gen.Bool, Gen.Bool).Sample(
        (pattern, item, joinsPattern, joinsEvent) =>
        {
            using var json = Json.Parse(item!.ToJsonString());
            using var joined = Json.Parse((joinsEvent ? Joined(item) : item)!.ToJsonString());
            var parsed = EventPattern.Parse((joinsPattern ? Joined(pattern) : pattern)!.ToJsonString());
            return parsed.Matches(joined.RootElement) == EventPattern.Parse(pattern!.ToJsonString()).Matches(json.RootElement);
        },
        iter: 5_000,
        print: sample => $"{sample.Item1!.ToJsonString()} against {sample.Item2!.ToJsonString()}");

    /// <summary>With <c>"a.b"</c> for each object <c>a</c> that has one member <c>b</c> only.</summary>
    private static JsonNode? Joined(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(member => Joined(member.Value) is JsonObject { Count: 1 } inner && !inner.ContainsKey("$or")
            ? KeyValuePair.Create($"{member.Key}.{inner.Single().Key}", inner.Single().Value?.DeepClone())
            : KeyValuePair.Create(member.Key, member.Key == "$or" ? new JsonArray([.. member.Value!.AsArray().Select(Joined)]) : Joined(member.Value)))),
        _ => node?.DeepClone(),
    };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static JsonObject Of(string name, JsonNode? value) => new() { [name] = value };

    private static Gen<JsonNode?> Patterns(int depth)
    {
        var leaf = Condition.Array[1, 2].Select(Values);
        var member = depth == 0 ? leaf : Gen.Frequency((2, leaf), (1, Patterns(depth - 1)));
        var plain = Gen.Select(Name, member).Array[1, 2].Select(Members);
        return depth == 0 ? plain : Gen.Frequency((3, plain), (1, Gen.Select(plain, Patterns(depth - 1).Array[2, 3], (members, either) =>
        {
            members!.AsObject()["$or"] = Values(either);
            return members;
        })));
    }

    private static Gen<JsonNode?> Objects(int depth) => Gen.Select(Name, depth == 0 ? Scalar : Gen.Frequency(
        (3, Scalar), (2, Objects(depth - 1)), (2, Arrays(depth - 1)))).Array[0, 3].Select(Members);

    private static Gen<JsonNode?> Arrays(int depth) => (depth <= 0 ? Scalar : Gen.Frequency(
        (2, Scalar), (2, Objects(depth - 1)), (1, Arrays(depth - 1)))).Array[0, 3].Select(Values);

    // Several samples may share a generated node, but a node in a tree must have only one parent.
    private static JsonNode? Values(JsonNode?[] values) => new JsonArray([.. values.Select(value => value?.DeepClone())]);

    private static JsonNode? Members((string Name, JsonNode? Value)[] members) =>
        new JsonObject(members.DistinctBy(member => member.Name).Select(member => KeyValuePair.Create(member.Name, member.Value?.DeepClone())));

    private static class Naive
    {
        public static bool Matches(JsonObject pattern, JsonNode? item) => pattern.All(member =>
            member.Key == "$or" ? member.Value!.AsArray().Any(either => Matches(either!.AsObject(), item))
            : member.Value is JsonObject nested ? Nested(nested, Inside((item as JsonObject)?[member.Key], Has(item, member.Key)))
            : Leaf(member.Value!.AsArray(), Inside((item as JsonObject)?[member.Key], Has(item, member.Key))));

        private static bool Has(JsonNode? item, string name) => item is JsonObject map && map.ContainsKey(name);

        private static List<JsonNode?> Inside(JsonNode? value, bool isThere) =>
            !isThere ? [] : value is JsonArray array ? [.. array.SelectMany(element => Inside(element, true))] : [value];

        private static bool Nested(JsonObject pattern, List<JsonNode?> values) =>
            values.OfType<JsonObject>().ToList() is { Count: > 0 } objects ? objects.Exists(item => Matches(pattern, item)) : Matches(pattern, null);

        private static bool Leaf(JsonArray conditions, List<JsonNode?> values)
        {
            var leaves = values.Where(value => value is not JsonObject).ToList();
            return conditions.Any(condition => IsExists(condition, out var wanted) ? leaves.Count > 0 == wanted : leaves.Exists(leaf => Holds(condition, leaf)));
        }

        private static bool IsExists(JsonNode? condition, out bool wanted)
        {
            var exists = condition is JsonObject map && map.ContainsKey("exists");
            wanted = exists && (bool)condition!["exists"]!;
            return exists;
        }

        private static bool Holds(JsonNode? condition, JsonNode? leaf)
        {
            if (condition is not JsonObject map)
            {
                return condition?.ToJsonString() == leaf?.ToJsonString();
            }

            var (op, operand) = (map.Single().Key, map.Single().Value);
            var text = leaf?.GetValueKind() == System.Text.Json.JsonValueKind.String ? (string?)leaf : null;
            return op switch
            {
                "anything-but" when operand is JsonArray list => !list.Any(excluded => Holds(excluded, leaf)),
                "anything-but" => !Holds(operand, leaf),
                "numeric" => leaf?.GetValueKind() == System.Text.Json.JsonValueKind.Number && Compares((string)operand![0]!, (int)leaf, (int)operand[1]!),
                "prefix" when operand is JsonObject relaxed => text is not null && Upper(text).StartsWith(Upper((string)relaxed["equals-ignore-case"]!), StringComparison.Ordinal),
                "suffix" when operand is JsonObject relaxed => text is not null && Upper(text).EndsWith(Upper((string)relaxed["equals-ignore-case"]!), StringComparison.Ordinal),
                "prefix" => text?.StartsWith((string)operand!, StringComparison.Ordinal) == true,
                "suffix" => text?.EndsWith((string)operand!, StringComparison.Ordinal) == true,
                "equals-ignore-case" => text is not null && Upper(text) == Upper((string)operand!),
                _ => text is not null && Glob((string)operand!, text),
            };
        }

        private static string Upper(string text) => text.ToUpper(CultureInfo.InvariantCulture);

        private static bool Compares(string op, int left, int right) => op switch
        {
            "=" => left == right,
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        };

        private static bool Glob(string glob, string text) =>
            glob.Length == 0 ? text.Length == 0
            : glob[0] == '*' ? Glob(glob[1..], text) || (text.Length > 0 && Glob(glob, text[1..]))
            : glob[0] == '\\' ? text.Length > 0 && text[0] == glob[1] && Glob(glob[2..], text[1..])
            : text.Length > 0 && text[0] == glob[0] && Glob(glob[1..], text[1..]);
    }
}
