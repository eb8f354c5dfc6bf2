namespace DataToEvents.Emulator.Tables;

/// <summary>The bytes that DynamoDB counts for attributes (DynamoDB developer guide, "DynamoDB item sizes and formats").</summary>
internal static class AttributeSize
{
    private const int CollectionBytes = 3;
    private const int ElementBytes = 1;

    /// <summary>The bytes of the name or string at the reader, as UTF-8.</summary>
    public static int OfText(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.Length;
        }

        var unescaped = SharedArrays.Rent(reader.ValueSpan.Length);
        var length = reader.CopyString(unescaped);
        SharedArrays.Return(unescaped);
        return length;
    }

    /// <summary>The bytes of the value after the name at the reader, such as <c>{"S":"..."}</c>; moves the reader to its end.</summary>
    /// <exception cref="ServiceException">DynamoDB would refuse the value.</exception>
    public static int OfValue(ref Utf8JsonReader reader)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
        var type = reader.ValueTextEquals("S"u8) ? "S" : reader.GetString()!;
        reader.Read();
        var bytes = type switch
        {
            "S" or "N" or "B" => OfScalar(ref reader, type),
            "BOOL" => Simple(reader.TokenType is JsonTokenType.True or JsonTokenType.False),
            "NULL" => Simple(reader.TokenType is JsonTokenType.True),
            "SS" or "NS" or "BS" => OfSet(ref reader, type[..1]),
            "L" => OfList(ref reader),
            "M" => OfMap(ref reader),
            _ => throw new ServiceException("SerializationException", $"Unrecognized attribute type {type}"),
        };
        Expect(reader.Read() && reader.TokenType == JsonTokenType.EndObject);
        return bytes;
    }

    /// <exception cref="ServiceException">DynamoDB would refuse the value.</exception>
    public static void Expect(bool valid)
    {
        if (!valid)
        {
            throw new ServiceException("ValidationException", "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
        }
    }

    private static int Simple(bool valid)
    {
        Expect(valid);
        return 1;
    }

    private static int OfScalar(ref Utf8JsonReader reader, string type)
    {
        Expect(reader.TokenType == JsonTokenType.String);
        return type switch
        {
            "S" => OfText(ref reader),
            "N" => OfNumber(reader.GetString()!),
            _ => reader.TryGetBytesFromBase64(out var bytes) ? bytes.Length : throw new ServiceException("SerializationException", "Invalid base64"),
        };
    }

    // One byte, one for every two significant digits, and one for a sign.
    private static int OfNumber(string number)
    {
        if (!double.TryParse(number, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value))
        {
            throw new ServiceException("ValidationException", $"The parameter cannot be converted to a numeric value: {number}");
        }

        var digits = number.AsSpan(0, number.AsSpan().IndexOfAny('e', 'E') is >= 0 and var exponent ? exponent : number.Length)
            .ToString().Replace(".", string.Empty, StringComparison.Ordinal).TrimStart('-', '+', '0').TrimEnd('0').Length;
        return 1 + ((digits + 1) / 2) + (value < 0 ? 1 : 0);
    }

    private static int OfSet(ref Utf8JsonReader reader, string type)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        var bytes = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes += OfScalar(ref reader, type);
        }

        return bytes;
    }

    private static int OfList(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        var bytes = CollectionBytes;
        while (true)
        {
            var ahead = reader;
            Expect(ahead.Read());
            if (ahead.TokenType == JsonTokenType.EndArray)
            {
                reader = ahead;
                return bytes;
            }

            bytes += ElementBytes + OfValue(ref reader);
        }
    }

    private static int OfMap(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        var bytes = CollectionBytes;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bytes += ElementBytes + OfText(ref reader);
            bytes += OfValue(ref reader);
        }

        return bytes;
    }
}
