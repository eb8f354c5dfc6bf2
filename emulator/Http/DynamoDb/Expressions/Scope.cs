namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Resolves the placeholders in a request's expressions.</summary>
internal sealed class Scope(JsonRequest request)
{
    private readonly JsonElement? _names = request.Object("ExpressionAttributeNames");
    private readonly JsonElement? _values = request.Object("ExpressionAttributeValues");

    public string Name(string token)
    {
        if (token.AsSpan().ContainsAny('.', '['))
        {
            throw new AwsException("ValidationException", $"Invalid expression: paths into documents are not supported here; path: {token}");
        }

        if (!token.StartsWith('#'))
        {
            return char.IsLetter(token[0]) || token[0] == '_' ? token : throw Undefined("name", token);
        }

        return _names is { } names && names.TryGetProperty(token, out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString()!
            : throw Undefined("name", token);
    }

    public JsonElement Value(string token) =>
        _values is { } values && values.TryGetProperty(token, out var value) ? value : throw Undefined("value", token);

    private static AwsException Undefined(string what, string token) => new(
        "ValidationException", $"Invalid expression: An expression attribute {what} used in the document path is not defined; attribute {what}: {token}");
}
