namespace DataToEvents.Emulator.Buses.Patterns;

/// <summary>Reads patterns and says where one is wrong.</summary>
internal static class PatternReader
{
    public static ServiceException Wrong(string path, string expected) =>
        new("InvalidEventPatternException", $"Event pattern is not valid. Reason: at {path}: expected {expected}.");

    public static ObjectPattern Object(JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.EnumerateObject().Any())
        {
            throw Wrong(path, "an object that is not empty");
        }

        var members = new List<MemberPattern>();
        var alternatives = new List<List<ObjectPattern>>();
        foreach (var member in json.EnumerateObject())
        {
            var place = $"{path}.{member.Name}";
            if (member.Name == "$or" && member.Value.ValueKind == JsonValueKind.Array && member.Value.GetArrayLength() > 1)
            {
                alternatives.Add([.. member.Value.EnumerateArray().Select((alternative, index) => Object(alternative, $"{place}[{index}]"))]);
            }
            else
            {
                var names = member.Name.Split('.');
                members.Add(Within(names[..^1], member.Value.ValueKind == JsonValueKind.Array
                    ? new MemberPattern(names[^1], null, Values(member.Value, place))
                    : new MemberPattern(names[^1], Object(member.Value, place), null)));
            }
        }

        return new ObjectPattern(members, alternatives);
    }

    /// <summary><c>"a.b"</c> is the member <c>b</c> of the object <c>a</c>.</summary>
    private static MemberPattern Within(string[] names, MemberPattern member) =>
        names.Reverse().Aggregate(member, static (inner, name) => new MemberPattern(name, new ObjectPattern([inner], []), null));

    private static List<ValuePattern> Values(JsonElement json, string path)
    {
        var values = json.EnumerateArray().Select((value, index) => Value(value, $"{path}[{index}]")).ToList();
        return values.Count > 0 ? values : throw Wrong(path, "at least one value");
    }

    private static ValuePattern Value(JsonElement json, string path) => json.ValueKind switch
    {
        JsonValueKind.Object => Operator(json, path),
        JsonValueKind.Array => throw Wrong(path, "a value or an operator"),
        _ => Scalar(json),
    };

    private static ValuePattern Scalar(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? new SameText(json.GetString()!)
        : json.ValueKind == JsonValueKind.Number ? new SameNumber(json.GetRawText()) : new SameKind(json.ValueKind);

    private static ValuePattern Operator(JsonElement json, string path)
    {
        var members = json.EnumerateObject().ToArray();
        if (members.Length != 1)
        {
            throw Wrong(path, "exactly one operator");
        }

        return Named(members[0].Name, members[0].Value, $"{path}.{members[0].Name}");
    }

    private static ValuePattern Named(string name, JsonElement value, string place) => name switch
    {
        "prefix" => Affix(value, place, static (text, affix, how) => text.StartsWith(affix, how)),
        "suffix" => Affix(value, place, static (text, affix, how) => text.EndsWith(affix, how)),
        "equals-ignore-case" => IgnoringCase(Text(value, place)),
        "wildcard" => Glob(Text(value, place), place),
        "exists" => new ExistsPattern(value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(place, "true or false")),
        "cidr" => new InNetwork(IPNetwork.TryParse(Text(value, place), out var network) ? network : throw Wrong(place, "a network such as 10.0.0.0/24")),
        "numeric" => NumericReader.Read(value, place),
        "anything-but" => new AnythingBut(Excluded(value, place)),
        _ => throw Wrong(place, "one of prefix, suffix, equals-ignore-case, wildcard, exists, cidr, numeric, anything-but"),
    };

    private static TextThat Affix(JsonElement value, string path, Func<string, string, StringComparison, bool> test)
    {
        if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().ToArray() is [{ Name: "equals-ignore-case" } relaxed])
        {
            var affix = Text(relaxed.Value, $"{path}.equals-ignore-case");
            return new TextThat(text => test(text, affix, StringComparison.OrdinalIgnoreCase));
        }

        var exact = Text(value, path);
        return new TextThat(text => test(text, exact, StringComparison.Ordinal));
    }

    private static TextThat IgnoringCase(string wanted) => new(text => text.Equals(wanted, StringComparison.OrdinalIgnoreCase));

    private static TextThat Glob(string pattern, string path)
    {
        var expression = Wildcard.TryParse(pattern) ?? throw Wrong(path, "no two stars together, and only \\* and \\\\ escaped");
        return Wildcard.IsTooComplex(pattern)
            ? throw Wrong(path, "fewer stars, or fewer repeated characters behind a star: the pattern is too complex")
            : new TextThat(expression.IsMatch);
    }

    /// <summary>A string or number, a list of either, or another operator that takes a string or a list of them.</summary>
    private static List<ValuePattern> Excluded(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            var kinds = value.EnumerateArray().Select(static element => element.ValueKind).Distinct().ToArray();
            return kinds is [JsonValueKind.String or JsonValueKind.Number] ? Values(value, path) : throw Wrong(path, "all strings or all numbers");
        }

        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
        {
            return [Scalar(value)];
        }

        var inner = value.ValueKind == JsonValueKind.Object ? value.EnumerateObject().ToArray() : [];
        if (inner.Length != 1 || inner[0].Name is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
        {
            throw Wrong(path, "a value, a list of values, or one of prefix, suffix, equals-ignore-case, wildcard");
        }

        var (name, given, place) = (inner[0].Name, inner[0].Value, $"{path}.{inner[0].Name}");
        return given.ValueKind == JsonValueKind.Array && given.GetArrayLength() > 0
            ? [.. given.EnumerateArray().Select((text, index) => ExcludedText(name, text, $"{place}[{index}]"))]
            : [ExcludedText(name, given, place)];
    }

    /// <summary>Unlike outside of <c>anything-but</c>, EventBridge takes no empty prefix or suffix here, and none that ignores case.</summary>
    private static ValuePattern ExcludedText(string name, JsonElement text, string place) => Text(text, place).Length == 0 && name is "prefix" or "suffix"
        ? throw Wrong(place, "a string that is not empty")
        : Named(name, text, place);

    private static string Text(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(path, "a string");
}
