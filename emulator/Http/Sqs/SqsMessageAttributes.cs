using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>Message attributes in requests and responses.</summary>
internal static partial class SqsMessageAttributes
{
    public const string TraceHeader = "AWSTraceHeader";

    /// <summary>Source: Amazon SQS Developer Guide, "Amazon SQS message metadata".</summary>
    private const int MaxAttributes = 10;

    private const int MaxNameLength = 256;

    private const string All = "All";

    public static IReadOnlyDictionary<string, MessageAttribute>? Read(JsonRequest entry)
    {
        if (entry.Object("MessageAttributes") is not { } members)
        {
            return null;
        }

        var attributes = Read(members, "user");
        return attributes.Count <= MaxAttributes ? attributes
            : throw Invalid($"Number of message attributes [{attributes.Count}] exceeds the allowed maximum [{MaxAttributes}].");
    }

    /// <summary>Reads the trace header, the only system attribute that a sender may set.</summary>
    public static string? ReadTraceHeader(JsonRequest entry)
    {
        if (entry.Object("MessageSystemAttributes") is not { } members)
        {
            return null;
        }

        var attributes = Read(members, "system");
        return attributes.Keys.FirstOrDefault(static name => name != TraceHeader) is { } other ? throw Invalid($"Message system attribute name '{other}' is invalid.")
            : attributes.GetValueOrDefault(TraceHeader) is not { } trace ? null
            : trace.Type == MessageAttribute.TextType ? trace.Text
            : throw Invalid($"Message system attribute '{TraceHeader}' must be of type 'String'.");
    }

    /// <summary>Those attributes that a receiver asks for: all, by name, or by the beginning of the name.</summary>
    public static Dictionary<string, MessageAttribute> Wanted(IReadOnlyDictionary<string, MessageAttribute> attributes, IReadOnlyCollection<string> names) =>
        attributes.Where(attribute => names.Any(name => IsWanted(attribute.Key, name))).ToDictionary();

    public static JsonObject Json(IReadOnlyDictionary<string, MessageAttribute> attributes) => new(attributes.Select(static attribute => KeyValuePair.Create(
        attribute.Key,
        (JsonNode?)(attribute.Value.IsBinary
            ? new JsonObject { ["DataType"] = attribute.Value.Type, ["BinaryValue"] = Convert.ToBase64String(attribute.Value.Value.Span) }
            : new JsonObject { ["DataType"] = attribute.Value.Type, ["StringValue"] = attribute.Value.Text }))));

    private static bool IsWanted(string attribute, string name) =>
        name is All or "*" || name == attribute || (name.EndsWith(".*", StringComparison.Ordinal) && attribute.StartsWith(name[..^2], StringComparison.Ordinal));

    private static Dictionary<string, MessageAttribute> Read(JsonElement members, string kind)
    {
        var attributes = new Dictionary<string, MessageAttribute>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
        {
            CheckName(member.Name);
            attributes[member.Name] = Read($"Message ({kind}) attribute '{member.Name}'", JsonRequest.Of(member.Value));
        }

        return attributes;
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > MaxNameLength || !Name().IsMatch(name) || Reserved().IsMatch(name))
        {
            throw Invalid($"Message (user) attribute name '{name}' is invalid. It can have 1 to {MaxNameLength} of A-Z, a-z, 0-9, underscore, hyphen and period, and cannot begin with AWS. or Amazon., nor have a period at an end or twice in a row.");
        }
    }

    private static MessageAttribute Read(string attribute, JsonRequest value)
    {
        var (type, text, bytes) = (value.Text("DataType"), value.Text("StringValue"), Bytes(value));
        var basic = type?.Split('.', 2)[0];
        if (string.IsNullOrEmpty(type))
        {
            throw Invalid($"{attribute} must contain a non-empty message attribute type.");
        }

        if (type.Length > MaxNameLength || basic is not (MessageAttribute.TextType or MessageAttribute.NumberType or MessageAttribute.BinaryType))
        {
            throw Invalid($"{attribute} has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.");
        }

        if (text is not null && bytes is not null)
        {
            throw Invalid($"{attribute} has multiple values.");
        }

        var content = basic == MessageAttribute.BinaryType ? bytes : text is null ? null : Encoding.UTF8.GetBytes(text);
        if (content is not { Length: > 0 })
        {
            throw Invalid($"{attribute} must contain a non-empty value of type '{(basic == MessageAttribute.BinaryType ? "Binary" : "String")}'.");
        }

        return basic != MessageAttribute.NumberType || double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? new MessageAttribute(type, content)
            : throw Invalid($"Can't cast the value of {attribute} to a number.");
    }

    private static byte[]? Bytes(JsonRequest value)
    {
        try
        {
            return value.Text("BinaryValue") is { } text ? Convert.FromBase64String(text) : null;
        }
        catch (FormatException)
        {
            throw new AwsException(AwsError.Serialization("BinaryValue is not base64."));
        }
    }

    private static ServiceException Invalid(string message) => new("InvalidParameterValue", message);

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(AWS|Amazon)\.", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
