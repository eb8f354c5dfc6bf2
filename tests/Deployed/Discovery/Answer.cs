namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>
/// An object in an answer of AWS. Each member must be read, or ignored by name. A missing member and a member
/// that this code does not know are errors, so that no default hides broken wiring.
/// </summary>
internal sealed class Answer
{
    private readonly Dictionary<string, JsonElement> _left;

    private Answer(JsonElement json, string place)
    {
        Place = place;
        _left = json.ValueKind == JsonValueKind.Object
            ? json.EnumerateObject().Where(member => !IsNothing(member.Value)).ToDictionary(member => member.Name, member => member.Value)
            : throw new DeploymentException($"{place} is {json.ValueKind}, and should be an object.");
    }

    /// <summary>The subject of the answer, for messages.</summary>
    public string Place { get; }

    public static T Read<T>(JsonElement json, string place, Func<Answer, T> read)
    {
        var answer = new Answer(json, place);
        var result = read(answer);
        return answer._left.Count == 0
            ? result
            : throw new DeploymentException($"{place} has what is not understood here: {string.Join(", ", answer._left.Select(member => $"{member.Key} = {member.Value.GetRawText()}"))}.");
    }

    public bool Has(string name) => _left.ContainsKey(name);

    public JsonElement Json(string name) => _left.Remove(name, out var value) ? value : throw new DeploymentException($"{Place} has no {name}.");

    public JsonElement? OptionalJson(string name) => Has(name) ? Json(name) : null;

    public string Text(string name) => Json(name).ToString();

    public string? OptionalText(string name) => OptionalJson(name)?.ToString();

    /// <summary>A whole number; SQS and Firehose write theirs as text.</summary>
    public int Whole(string name) => Text(name) is var text && int.TryParse(text, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw Wrong(name, text, "a whole number");

    public int? OptionalWhole(string name) => Has(name) ? Whole(name) : null;

    public TimeSpan Seconds(string name) => TimeSpan.FromSeconds(Whole(name));

    public bool Flag(string name) => Text(name) is var text && bool.TryParse(text, out var flag) ? flag : throw Wrong(name, text, "true or false");

    /// <summary>Reads a member that must have one of these values.</summary>
    public void Must(string name, params string[] allowed)
    {
        if (Text(name) is var text && !allowed.Contains(text))
        {
            throw Wrong(name, text, string.Join(" or ", allowed));
        }
    }

    /// <summary>Reads a member that may be missing. Other values than these are not supported here.</summary>
    public void MustIfThere(string name, params string[] allowed)
    {
        if (Has(name))
        {
            Must(name, allowed);
        }
    }

    /// <summary>Ignores members of AWS's answer that change nothing for a record.</summary>
    public void SetAside(params string[] names)
    {
        foreach (var name in names)
        {
            _left.Remove(name);
        }
    }

    public T Object<T>(string name, Func<Answer, T> read) => Read(Json(name), $"{Place}, {name}", read);

    public T? OptionalObject<T>(string name, Func<Answer, T> read)
        where T : class => Has(name) ? Object(name, read) : null;

    /// <summary>The objects of a list. A missing list has none.</summary>
    public List<T> Objects<T>(string name, Func<Answer, T> read) =>
        OptionalJson(name) is { } list ? [.. list.EnumerateArray().Select((item, index) => Read(item, $"{Place}, {name}[{index}]", read))] : [];

    public List<string> Texts(string name) => OptionalJson(name) is { } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];

    public Dictionary<string, string> Map(string name) => Json(name).EnumerateObject().ToDictionary(member => member.Name, member => member.Value.ToString());

    private DeploymentException Wrong(string name, string value, string expected) => new($"{Place} has {name} = {value}, and should have {expected}.");

    /// <summary>Emulator and AWS differ in whether they leave out what is not set.</summary>
    private static bool IsNothing(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.String => value.GetString()!.Length == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
