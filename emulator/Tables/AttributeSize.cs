namespace DataToEvents.Emulator.Tables;

/// <summary>Checks attribute values, and counts their bytes as DynamoDB does (Amazon DynamoDB Developer Guide, "DynamoDB item sizes and formats").</summary>
internal static class AttributeSize
{
    private const int CollectionBytes = 3;
    private const int ElementBytes = 1;

    /// <summary>Lists and maps inside each other. Source: Amazon DynamoDB Developer Guide, "Quotas in Amazon DynamoDB": 32 levels with the item itself.</summary>
    private const int MaxLevels = 31;

    private const string Invalid = "One or more parameter values were invalid: ";

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
    /// <param name="reader">The reader, at the name.</param>
    /// <param name="edits">Gets the numbers that DynamoDB stores in another form.</param>
    /// <exception cref="ServiceException">DynamoDB would refuse the value.</exception>
    public static int OfValue(ref Utf8JsonReader reader, ref NumberEdits edits) => OfValue(ref reader, ref edits, level: 0);

    /// <summary>The bytes of a stored item; 0 without one.</summary>
    public static int OfItem(ReadOnlySpan<byte> json)
    {
        var (bytes, edits) = (0, default(NumberEdits));
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = TableItem.MaxDepth });
        if (json.IsEmpty || !reader.Read())
        {
            return 0;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bytes += OfText(ref reader);
            bytes += OfValue(ref reader, ref edits);
        }

        return bytes;
    }

    /// <summary>The bytes of a number: one, one for every two significant digits, and one for a sign.</summary>
    public static int OfNumber(ItemNumber number) => OfDigits(number.Precision) + (number.IsNegative ? 1 : 0);

    /// <summary>The same of an integer as .NET writes it.</summary>
    public static int OfInteger(string digits) => OfDigits(digits.TrimStart('-').TrimEnd('0').Length) + (digits[0] == '-' ? 1 : 0);

    /// <exception cref="ServiceException">DynamoDB would refuse the value.</exception>
    public static void Expect(bool valid, string message = "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
    {
        if (!valid)
        {
            throw new ServiceException("ValidationException", message);
        }
    }

    private static int OfValue(ref Utf8JsonReader reader, ref NumberEdits edits, int level)
    {
        Expect(reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.Read() && reader.TokenType == JsonTokenType.PropertyName);
        Expect(level <= MaxLevels, "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit");
        var type = reader.ValueTextEquals("S"u8) ? "S" : reader.GetString()!;
        reader.Read();
        var bytes = type switch
        {
            "S" or "N" or "B" => OfScalar(ref reader, type, ref edits, out _),
            "BOOL" => Simple(reader.TokenType is JsonTokenType.True or JsonTokenType.False),
            "NULL" => OfNull(ref reader),
            "SS" or "NS" or "BS" => OfSet(ref reader, type, ref edits),
            "L" => OfList(ref reader, ref edits, level),
            "M" => OfMap(ref reader, ref edits, level),
            _ => throw new ServiceException("SerializationException", $"Unrecognized attribute type {type}"),
        };
        Expect(reader.Read() && reader.TokenType == JsonTokenType.EndObject, "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes");
        return bytes;
    }

    private static int Simple(bool valid)
    {
        Expect(valid);
        return 1;
    }

    private static int OfNull(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType != JsonTokenType.False, $"{Invalid}Null attribute value types must have the value of true");
        return Simple(reader.TokenType is JsonTokenType.True);
    }

    /// <param name="reader">The reader, at the value.</param>
    /// <param name="type">S, N or B.</param>
    /// <param name="edits">Gets a number that DynamoDB stores in another form.</param>
    /// <param name="number">The number in DynamoDB's form, if it has another; else null.</param>
    private static int OfScalar(ref Utf8JsonReader reader, string type, ref NumberEdits edits, out string? number)
    {
        Expect(reader.TokenType == JsonTokenType.String);
        number = null;
        return type switch
        {
            "S" => OfText(ref reader),
            "N" => OfNumber(ref reader, ref edits, out number),
            _ => reader.TryGetBytesFromBase64(out var bytes) ? bytes.Length : throw new ServiceException("SerializationException", "Invalid base64"),
        };
    }

    private static int OfDigits(int significant) => 1 + ((significant + 1) / 2);

    private static int OfNumber(ref Utf8JsonReader reader, ref NumberEdits edits, out string? changed)
    {
        changed = null;
        if (IsPlain(reader.ValueSpan))
        {
            return OfDigits(reader.ValueSpan.TrimEnd((byte)'0').Length);
        }

        var text = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        var number = ItemNumber.Parse(text);
        var form = number.ToString();
        changed = Ascii.Equals(text, form) ? null : form;
        if (changed is not null || reader.ValueIsEscaped)
        {
            edits.Add(reader.TokenStartIndex, reader.ValueSpan.Length + 2, form);
        }

        return OfNumber(number);
    }

    /// <summary>True for most numbers: a positive integer that is written as DynamoDB writes it.</summary>
    private static bool IsPlain(ReadOnlySpan<byte> text) => text.Length is > 0 and <= 18 && text[0] != '0' && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static int OfSet(ref Utf8JsonReader reader, string type, ref NumberEdits edits)
    {
        Expect(reader.TokenType == JsonTokenType.StartArray);
        var bytes = 0;
        var members = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            bytes += OfScalar(ref reader, type[..1], ref edits, out var number);
            members.Add(number ?? reader.GetString()!);
        }

        Expect(members.Count > 0, type switch
        {
            "SS" => $"{Invalid}An string set  may not be empty",
            "NS" => $"{Invalid}An number set  may not be empty",
            _ => $"{Invalid}Binary sets should not be empty",
        });
        Expect(members.Distinct(StringComparer.Ordinal).Count() == members.Count, $"{Invalid}Input collection [{string.Join(", ", members)}] contains duplicates.");
        return bytes;
    }

    private static int OfList(ref Utf8JsonReader reader, ref NumberEdits edits, int level)
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

            bytes += ElementBytes + OfValue(ref reader, ref edits, level + 1);
        }
    }

    private static int OfMap(ref Utf8JsonReader reader, ref NumberEdits edits, int level)
    {
        Expect(reader.TokenType == JsonTokenType.StartObject);
        var bytes = CollectionBytes;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bytes += ElementBytes + OfText(ref reader);
            bytes += OfValue(ref reader, ref edits, level + 1);
        }

        return bytes;
    }
}
