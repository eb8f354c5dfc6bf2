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
                "N" => Number(leftValue).CompareTo(Number(rightValue)),
                "B" => leftValue.GetBytesFromBase64().AsSpan().SequenceCompareTo(rightValue.GetBytesFromBase64()),
                _ => null,
            };
    }

    /// <summary>Equal values may list the members of a set, or of a map, in another order.</summary>
    public static bool AreEqual(JsonElement left, JsonElement right)
    {
        var ((leftType, leftValue), (rightType, rightValue)) = (Open(left), Open(right));
        return leftType == rightType && leftType switch
        {
            "S" or "N" or "B" => Compare(left, right) == 0,
            "SS" or "NS" or "BS" => Members(leftValue).ToHashSet().SetEquals(Members(rightValue)),
            "L" => leftValue.GetArrayLength() == rightValue.GetArrayLength() && leftValue.EnumerateArray().Zip(rightValue.EnumerateArray(), AreEqual).All(static equal => equal),
            "M" => leftValue.GetPropertyCount() == rightValue.GetPropertyCount()
                && leftValue.EnumerateObject().All(member => rightValue.TryGetProperty(member.Name, out var other) && AreEqual(member.Value, other)),
            _ => JsonElement.DeepEquals(leftValue, rightValue),
        };
    }

    public static bool BeginsWith(JsonElement value, JsonElement prefix)
    {
        var ((type, whole), (prefixType, start)) = (Open(value), Open(prefix));
        return type == prefixType && type switch
        {
            "S" => whole.GetString()!.StartsWith(start.GetString()!, StringComparison.Ordinal),
            "B" => whole.GetBytesFromBase64().AsSpan().StartsWith(start.GetBytesFromBase64()),
            _ => false,
        };
    }

    /// <summary>True for a part of a text or of bytes, a member of a set, or an element of a list.</summary>
    public static bool Contains(JsonElement value, JsonElement part)
    {
        var ((type, whole), (partType, inner)) = (Open(value), Open(part));
        return type switch
        {
            "S" => partType == "S" && whole.GetString()!.Contains(inner.GetString()!, StringComparison.Ordinal),
            "B" => partType == "B" && whole.GetBytesFromBase64().AsSpan().IndexOf(inner.GetBytesFromBase64()) >= 0,
            "SS" or "NS" or "BS" => type[..1] == partType && Members(whole).Contains(inner.GetString()!),
            "L" => whole.EnumerateArray().Any(element => AreEqual(element, part)),
            _ => false,
        };
    }

    /// <summary>The number of characters, bytes, members or elements; null for a value without size.</summary>
    public static JsonElement? Size(JsonElement value)
    {
        var (type, inner) = Open(value);
        int? size = type switch
        {
            "S" => inner.GetString()!.Length,
            "B" => inner.GetBytesFromBase64().Length,
            "SS" or "NS" or "BS" or "L" => inner.GetArrayLength(),
            "M" => inner.GetPropertyCount(),
            _ => null,
        };
        return size is { } count ? JsonElement.Parse($$"""{"N":"{{count}}"}""") : null;
    }

    /// <summary>The sum or the difference of two numbers.</summary>
    /// <exception cref="AwsException">One of the values is not a number.</exception>
    public static JsonElement Sum(JsonElement left, JsonElement right, bool subtract = false)
    {
        var ((leftType, leftValue), (rightType, rightValue)) = (Open(left), Open(right));
        if ((leftType, rightType) != ("N", "N"))
        {
            throw IncorrectType();
        }

        var (one, other) = (Number(leftValue), Number(rightValue));
        return JsonElement.Parse($$"""{"N":"{{(subtract ? one - other : one + other)}}"}""");
    }

    /// <summary>Adds members to a set, or takes them away.</summary>
    /// <returns>Null for an empty set.</returns>
    /// <exception cref="AwsException">The values are not sets of one type.</exception>
    public static JsonElement? Change(JsonElement set, JsonElement members, bool remove)
    {
        var ((type, present), (otherType, others)) = (Open(set), Open(members));
        if (type != otherType || type is not ("SS" or "NS" or "BS"))
        {
            throw IncorrectType();
        }

        var changed = (remove ? Members(present).Except(Members(others)) : Members(present).Union(Members(others))).ToList();
        return changed.Count == 0 ? null : Of(type, new JsonArray([.. changed.Select(static member => JsonValue.Create(member))]));
    }

    /// <exception cref="AwsException">One of the values is not a list.</exception>
    public static JsonElement Append(JsonElement left, JsonElement right)
    {
        var ((leftType, leftValue), (rightType, rightValue)) = (Open(left), Open(right));
        return (leftType, rightType) == ("L", "L")
            ? Of("L", new JsonArray([.. leftValue.EnumerateArray().Concat(rightValue.EnumerateArray()).Select(static element => JsonObject.Create(element))]))
            : throw IncorrectType();
    }

    public static AwsException IncorrectType() => new("ValidationException", "An operand in the update expression has an incorrect data type");

    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty("S", out var text) ? text.GetString() : null;

    /// <summary>The type and the value: for example <c>S</c> and the JSON string.</summary>
    public static (string Type, JsonElement Value) Open(JsonElement value)
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

    private static JsonElement Of(string type, JsonNode value) => ItemJson.Element(new JsonObject { [type] = value });

    private static ItemNumber Number(JsonElement value) => ItemNumber.Parse(Encoding.UTF8.GetBytes(value.GetString()!));

    private static IEnumerable<string> Members(JsonElement set) => set.EnumerateArray().Select(static member => member.GetString()!);
}
