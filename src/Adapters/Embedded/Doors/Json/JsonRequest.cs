using System.Text.Json;

namespace DataToEvents.Adapters.Embedded.Doors.Json;

/// <summary>A request of a call that is not on the fast path, or one member of it. A member of another type is a SerializationException.</summary>
internal readonly struct JsonRequest(JsonElement json, JsonDocument? document = null) : IDisposable
{
    public JsonElement Json => json;

    /// <exception cref="JsonException">The request is no JSON.</exception>
    public static JsonRequest Parse(ReadOnlyMemory<byte> bytes)
    {
        var document = JsonDocument.Parse(bytes);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new JsonRequest(document.RootElement, document);
        }

        document.Dispose();
        throw new AwsException(AwsError.Serialization("The request is no JSON object."));
    }

    public static JsonRequest Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? new JsonRequest(element) : throw new AwsException(AwsError.Serialization("Not an object where one belongs."));

    public string? Text(string name) => Member(name, JsonValueKind.String)?.GetString();

    public JsonElement? Object(string name) => Member(name, JsonValueKind.Object);

    public JsonElement? Array(string name) => Member(name, JsonValueKind.Array);

    public bool Flag(string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
        && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw WrongType(name));

    public int? Number(string name) => Member(name, JsonValueKind.Number) is not { } value
        ? null
        : value.TryGetInt32(out var number) ? number : throw WrongType(name);

    public IEnumerable<string> Texts(string name) => Array(name) is { } array
        ? array.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.String ? element.GetString()! : throw WrongType(name))
        : [];

    public void Dispose() => document?.Dispose();

    private JsonElement? Member(string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw WrongType(name);
    }

    private static AwsException WrongType(string name) => new(AwsError.Serialization($"{name} is of another type."));
}
