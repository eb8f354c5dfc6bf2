using System.Text.Json;

namespace DataToEvents.Emulator.Http.Json;

/// <summary>
/// The members of a request, or of an object in it, that are honoured or that make no difference to the response. Any other is refused, so
/// that nothing a client asks for is ignored without a word.
/// </summary>
internal sealed class RequestShape(params RequestMember[] members)
{
    /// <param name="name">Of the operation, or of the object, for the message.</param>
    /// <param name="request">The object.</param>
    /// <exception cref="AwsException">It has another member, or a value that is not supported.</exception>
    public void Check(string name, JsonElement request)
    {
        foreach (var property in request.EnumerateObject())
        {
            // AWS reads null as a member that is not there.
            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                Find(name, property).Check(property.Value);
            }
        }
    }

    private RequestMember Find(string name, JsonProperty property)
    {
        foreach (var member in members)
        {
            if (property.NameEquals(member.Name))
            {
                return member;
            }
        }

        throw new AwsException("ValidationException", $"{name} with {property.Name} is not supported here.");
    }
}

/// <param name="Name">As it is on the wire.</param>
internal sealed record RequestMember(string Name)
{
    /// <summary>The texts that it may be; empty: anything.</summary>
    public string[] Values { get; init; } = [];

    /// <summary>Of each object in it: an element of an array, or the value of any name in a map.</summary>
    public RequestShape? Each { get; init; }

    public static implicit operator RequestMember(string name) => new(name);

    /// <exception cref="AwsException">The value is not supported.</exception>
    public void Check(JsonElement value)
    {
        if (Values.Length > 0 && value.ValueKind == JsonValueKind.String && !Array.Exists(Values, value.ValueEquals))
        {
            throw new AwsException("ValidationException", $"{Name} {value.GetString()} is not supported here: {string.Join(", ", Values)}.");
        }

        foreach (var inner in Each is null ? [] : Objects(value))
        {
            Each!.Check(Name, inner);
        }
    }

    /// <summary>What is of another type is refused by whoever reads it.</summary>
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
