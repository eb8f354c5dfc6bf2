namespace DataToEvents.Emulator.Http.DynamoDb.Expressions;

/// <summary>Values in DynamoDB's typed JSON: <c>{"S":"text"}</c>.</summary>
internal static class AttributeValues
{
    /// <summary>Compares two values.</summary>
    /// <returns>Null when the two have no order.</returns>
    public static int? Compare(JsonElement left, JsonElement right)
    {
        var ((leftType, leftValue), (rightType, rightValue)) = (Open(left), Open(right));
        return leftType != rightType
            ? null
            : leftType switch
            {
                "S" => Encoding.UTF8.GetBytes(leftValue.GetString()!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(rightValue.GetString()!)),
                "N" => Number(left).CompareTo(Number(right)),
                "B" => leftValue.GetBytesFromBase64().AsSpan().SequenceCompareTo(rightValue.GetBytesFromBase64()),
                _ => null,
            };
    }

    public static bool AreEqual(JsonElement left, JsonElement right) => Compare(left, right) is { } order ? order == 0 : JsonElement.DeepEquals(left, right);

    public static bool BeginsWith(JsonElement value, JsonElement prefix) =>
        Text(value) is { } text && Text(prefix) is { } start && text.StartsWith(start, StringComparison.Ordinal);

    public static string? Text(JsonElement value) => value.TryGetProperty("S", out var text) ? text.GetString() : null;

    /// <exception cref="AwsException">The value is not a number.</exception>
    public static decimal Number(JsonElement value) =>
        value.TryGetProperty("N", out var digits) && decimal.TryParse(digits.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new AwsException("ValidationException", "An operand in the update expression has an incorrect data type");

    public static JsonElement Of(decimal number) =>
        JsonElement.Parse($$"""{"N":"{{number.ToString(CultureInfo.InvariantCulture)}}"}""");

    private static (string Type, JsonElement Value) Open(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                return (member.Name, member.Value);
            }
        }

        throw new AwsException("ValidationException", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    }
}
