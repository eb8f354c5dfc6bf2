namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>Message attributes in requests and responses. Only the type String is supported.</summary>
internal static class SqsMessageAttributes
{
    public const string TraceHeader = "AWSTraceHeader";

    private const string Type = "String";

    public static IReadOnlyDictionary<string, string>? Read(JsonRequest entry) => entry.Object("MessageAttributes") is { } members ? Read(members) : null;

    /// <summary>Reads the trace header, the only system attribute that a sender may set.</summary>
    public static string? ReadTraceHeader(JsonRequest entry)
    {
        if (entry.Object("MessageSystemAttributes") is not { } members)
        {
            return null;
        }

        var attributes = Read(members);
        return attributes.Keys.FirstOrDefault(static name => name != TraceHeader) is { } other
            ? throw new ServiceException("InvalidParameterValue", $"Message system attribute name '{other}' is invalid.")
            : attributes.GetValueOrDefault(TraceHeader);
    }

    private static Dictionary<string, string> Read(JsonElement members)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            var value = JsonRequest.Of(member.Value);
            attributes[member.Name] = value.RequiredText("DataType") == Type
                ? value.RequiredText("StringValue")
                : throw new ServiceException("UnsupportedOperation", $"Message attributes of another type than {Type} are not supported here.");
        }

        return attributes;
    }

    public static JsonObject Json(IReadOnlyDictionary<string, string> attributes) => new(attributes.Select(
        static attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)new JsonObject { ["DataType"] = Type, ["StringValue"] = attribute.Value })));

    /// <summary>The MD5 of all attributes in the order of their names: name, type, a byte 1 and value, with its length before each text. Source: Amazon SQS Developer Guide, "Calculating the MD5 message digest for message attributes".</summary>
    public static string Md5(IReadOnlyDictionary<string, string> attributes)
    {
        using var text = new MemoryStream();
        foreach (var (name, value) in attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal))
        {
            Append(text, name);
            Append(text, Type);
            text.WriteByte(1);
            Append(text, value);
        }

        return SqsResponse.Md5(text.ToArray());
    }

    private static void Append(MemoryStream target, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        target.Write(length);
        target.Write(bytes);
    }
}
