namespace DataToEvents.Emulator.Http.Json;

/// <summary>
/// The members that a request, or an object in it, may have: those that are honoured and those that do not change the response. Any other
/// member is refused, so that nothing a client asks for is silently ignored.
/// </summary>
public sealed class RequestShape(params RequestMember[] members)
{
    public IReadOnlyList<RequestMember> Members => members;

    /// <param name="name">The name of the operation or object, for the error message.</param>
    /// <param name="request">The request or the object in it.</param>
    /// <exception cref="AwsException">It has another member, or a value that is not supported.</exception>
    public void Check(string name, JsonElement request)
    {
        var faults = request.EnumerateObject().Select(property => Array.Find(members, member => property.NameEquals(member.Name))?.Fault(property.Value)).OfType<string>().ToList();
        if (faults.Count > 0)
        {
            throw new AwsException("ValidationException", $"{faults.Count} validation error{(faults.Count == 1 ? "" : "s")} detected: {string.Join("; ", faults)}");
        }

        foreach (var property in request.EnumerateObject())
        {
            // AWS treats null as a missing member.
            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                Find(name, property).Check(property.Value);
            }
        }
    }

    /// <summary>The refusal of a member that a request or an object may not have.</summary>
    public static AwsException NotSupported(string name, string member) => new("ValidationException", $"{name} with {member} is not supported here.");

    private RequestMember Find(string name, JsonProperty property)
    {
        foreach (var member in members)
        {
            if (property.NameEquals(member.Name))
            {
                return member;
            }
        }

        throw NotSupported(name, property.Name);
    }
}

/// <summary>A member that a request may have.</summary>
/// <param name="Name">The name in the JSON.</param>
public sealed record RequestMember(string Name)
{
    /// <summary>The texts that the member may be; empty allows anything.</summary>
    public IReadOnlyList<string> Values { get; init; } = [];

    /// <summary>The shape of the object that the member is.</summary>
    public RequestShape? Members { get; init; }

    /// <summary>The texts that the service knows for the member, with those that are not supported here; empty for a member that is no enumeration.</summary>
    public IReadOnlyList<string> Known { get; init; } = [];

    /// <summary>The service's own message for a value that exists and that it refuses for this member.</summary>
    public string? Refusal { get; init; }

    /// <summary>The smallest number that the member may be.</summary>
    public int Minimum { get; init; } = int.MinValue;

    /// <summary>The largest number that the member may be.</summary>
    public int Maximum { get; init; } = int.MaxValue;

    /// <summary>The shape of each object in the member: an element of an array, or a value of a map.</summary>
    public RequestShape? Each { get; init; }

    /// <summary>The JSON type of a member that has no effect here. The service does not read it, so that only its type is checked.</summary>
    public JsonValueKind? HasNoEffect { get; init; }

    public static implicit operator RequestMember(string name) => new(name);

    /// <summary>How the value breaks the service's model; null when it does not.</summary>
    public string? Fault(JsonElement value)
    {
        var fault = value.ValueKind switch
        {
            JsonValueKind.String when Known.Count > 0 && !Known.Any(value.ValueEquals) => $"Member must satisfy enum value set: [{string.Join(", ", Known)}]",
            JsonValueKind.Number when value.TryGetInt32(out var number) && number < Minimum => $"Member must have value greater than or equal to {Minimum}",
            JsonValueKind.Number when value.TryGetInt32(out var number) && number > Maximum => $"Member must have value less than or equal to {Maximum}",
            _ => null,
        };
        return fault is null ? null : $"Value '{value}' at '{JsonNamingPolicy.CamelCase.ConvertName(Name)}' failed to satisfy constraint: {fault}";
    }

    /// <exception cref="AwsException">The value is not supported, or of another type.</exception>
    public void Check(JsonElement value)
    {
        if (HasNoEffect is { } kind && !IsOf(kind, value.ValueKind))
        {
            throw JsonRequest.WrongType(Name);
        }

        if (Values.Count > 0 && (value.ValueKind != JsonValueKind.String || !Values.Any(value.ValueEquals)))
        {
            throw new AwsException("ValidationException", Refusal ?? $"{Name} {value} is not supported here: {string.Join(", ", Values)}.");
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            Members?.Check(Name, value);
        }

        foreach (var inner in Each is null ? [] : Objects(value))
        {
            Each!.Check(Name, inner);
        }
    }

    private static bool IsOf(JsonValueKind expected, JsonValueKind actual) => expected == JsonValueKind.True ? actual is JsonValueKind.True or JsonValueKind.False : actual == expected;

    /// <summary>Values of another type are skipped: the code that reads them refuses them.</summary>
    private static IEnumerable<JsonElement> Objects(JsonElement value)
    {
        var inner = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().AsEnumerable(),
            JsonValueKind.Object => value.EnumerateObject().Select(static property => property.Value),
            _ => [],
        };
        return inner.Where(static element => element.ValueKind == JsonValueKind.Object);
    }
}
