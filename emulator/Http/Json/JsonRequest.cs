namespace DataToEvents.Emulator.Http.Json;

/// <summary>Reads the members of a request, or of an object in it. A member of the wrong type is refused with a SerializationException.</summary>
internal readonly struct JsonRequest(JsonElement json, JsonDocument? document = null) : IDisposable
{
    public JsonElement Json => json;

    /// <exception cref="JsonException">The request is not JSON.</exception>
    public static JsonRequest Parse(ReadOnlyMemory<byte> bytes, JsonDocumentOptions options = default)
    {
        var document = JsonDocument.Parse(bytes, options);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return new JsonRequest(document.RootElement, document);
        }

        document.Dispose();
        throw new AwsException(AwsError.Serialization("The request is no JSON object."));
    }

    /// <summary>Reads the request of an operation and refuses every member that the operation does not have here.</summary>
    /// <inheritdoc cref="Parse(ReadOnlyMemory{byte}, JsonDocumentOptions)"/>
    public static JsonRequest Parse(IJsonService service, string operation, ReadOnlyMemory<byte> bytes)
    {
        var request = Parse(bytes);
        try
        {
            service.Operations[operation].Check(operation, request.Json);
            return request;
        }
        catch
        {
            request.Dispose();
            throw;
        }
    }

    public static JsonRequest Of(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? new JsonRequest(element) : throw new AwsException(AwsError.Serialization("Not an object where one belongs."));

    public string? Text(string name) => Member(name, JsonValueKind.String) is { } value ? TextOf(value, name) : null;

    /// <summary>The text as UTF-8; empty when there is no such member.</summary>
    public byte[] Utf8(string name) => Text(name) is { } text ? Encoding.UTF8.GetBytes(text) : [];

    /// <exception cref="AwsException">The request has no such member.</exception>
    public string RequiredText(string name) => Text(name) ?? throw new AwsException("ValidationException", $"The request must contain the parameter {name}.");

    public JsonElement? Object(string name) => Member(name, JsonValueKind.Object);

    /// <exception cref="AwsException">The request has no such member.</exception>
    public JsonElement RequiredObject(string name) => Object(name) ?? throw new AwsException(
        "ValidationException", $"1 validation error detected: Value null at '{JsonNamingPolicy.CamelCase.ConvertName(name)}' failed to satisfy constraint: Member must not be null");

    public JsonElement? Array(string name) => Member(name, JsonValueKind.Array);

    public int? Number(string name) => Member(name, JsonValueKind.Number) is not { } value
        ? null
        : value.TryGetInt32(out var number) ? number : throw WrongType(name);

    public bool? Flag(string name) => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw WrongType(name)
        : null;

    public IEnumerable<string> Texts(string name) => Array(name) is { } array
        ? array.EnumerateArray().Select(element => element.ValueKind == JsonValueKind.String ? TextOf(element, name) : throw WrongType(name))
        : [];

    /// <summary>The objects of an array; none when it is missing.</summary>
    public IEnumerable<JsonRequest> Objects(string name) => Array(name) is { } array ? array.EnumerateArray().Select(Of) : [];

    public void Dispose() => document?.Dispose();

    private JsonElement? Member(string name, JsonValueKind kind)
    {
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == kind ? value : throw WrongType(name);
    }

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8.
            throw new AwsException(AwsError.Serialization($"{name} is no valid Unicode."));
        }
    }

    public static AwsException WrongType(string name) => new(AwsError.Serialization($"{name} is of another type."));
}
