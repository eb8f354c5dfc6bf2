using System.Diagnostics.CodeAnalysis;

namespace DataToEvents.Emulator.Queues;

/// <summary>Packs the attributes of a message into one value of its row: names and values in turn. Behind a name stand a colon and the type, unless that is String.</summary>
internal static class MessageAttributes
{
    /// <summary>The name under which the trace header is packed. A sender cannot use this name or the next two: SQS refuses attributes that begin with <c>AWS.</c></summary>
    private const string TraceHeader = "AWS.TraceHeader";

    private const string SourceQueue = "AWS.DeadLetterQueueSourceArn";

    private const string EarlierReceives = "AWS.EarlierReceives";

    /// <summary>A name cannot contain it.</summary>
    private const char BeforeType = ':';

    private static readonly Dictionary<string, MessageAttribute> None = [];

    /// <summary>The bytes that attributes add to the size of a message. SQS counts names, types and values.</summary>
    public static int Size(IReadOnlyDictionary<string, MessageAttribute>? attributes) =>
        attributes?.Sum(static attribute => Encoding.UTF8.GetByteCount(attribute.Key) + Encoding.UTF8.GetByteCount(attribute.Value.Type) + attribute.Value.Value.Length) ?? 0;

    /// <summary>
    /// The MD5 of all attributes in the order of their names: name, type, a byte for text (1) or bytes (2), and value, with its length before each. Source: Amazon SQS
    /// Developer Guide, "Calculating the MD5 message digest for message attributes".
    /// </summary>
    /// <returns>Hexadecimal digits in lower case.</returns>
    [SuppressMessage("Security", "CA5351", Justification = "SDKs compare this checksum with their own; it protects nothing.")]
    public static string Md5(IReadOnlyDictionary<string, MessageAttribute> attributes)
    {
        using var text = new MemoryStream();
        foreach (var (name, attribute) in attributes.OrderBy(static attribute => attribute.Key, StringComparer.Ordinal))
        {
            Append(text, Encoding.UTF8.GetBytes(name));
            Append(text, Encoding.UTF8.GetBytes(attribute.Type));
            text.WriteByte((byte)(attribute.IsBinary ? 2 : 1));
            Append(text, attribute.Value.Span);
        }

        return Convert.ToHexStringLower(MD5.HashData(text.ToArray()));
    }

    public static byte[]? Pack(IReadOnlyDictionary<string, MessageAttribute>? attributes, string? traceHeader = null)
    {
        if (attributes is not { Count: > 0 } && traceHeader is null)
        {
            return null;
        }

        IEnumerable<KeyValuePair<string, MessageAttribute>> all = attributes ?? None;
        return Pack(traceHeader is null ? all : all.Append(KeyValuePair.Create(TraceHeader, MessageAttribute.OfText(traceHeader))));
    }

    /// <summary>The same attributes with the queue from which SQS moved the message to a dead-letter queue, or without one.</summary>
    /// <param name="packed">The attributes.</param>
    /// <param name="arn">The ARN of that queue; null: none.</param>
    /// <param name="receives">How often it was received there and before.</param>
    public static byte[]? WithSource(byte[]? packed, string? arn, int receives)
    {
        var all = All(packed);
        all.Remove(SourceQueue);
        all.Remove(EarlierReceives);
        if (arn is not null)
        {
            all.Add(SourceQueue, MessageAttribute.OfText(arn));
            all.Add(EarlierReceives, MessageAttribute.OfText(receives.ToString(CultureInfo.InvariantCulture)));
        }

        return all.Count == 0 ? null : Pack(all);
    }

    /// <summary>Null for a message that was sent to its queue by a client.</summary>
    public static string? UnpackSource(byte[]? packed) => Unpack(packed, SourceQueue);

    /// <summary>How often the message was received before SQS moved it here; 0 for a message that a client sent.</summary>
    public static int UnpackEarlierReceives(byte[]? packed) => Unpack(packed, EarlierReceives) is { } receives ? int.Parse(receives, CultureInfo.InvariantCulture) : 0;

    public static string? UnpackTraceHeader(byte[]? packed) => Unpack(packed, TraceHeader);

    public static IReadOnlyDictionary<string, MessageAttribute> Unpack(byte[]? packed)
    {
        var attributes = All(packed);
        attributes.Remove(TraceHeader);
        attributes.Remove(SourceQueue);
        attributes.Remove(EarlierReceives);
        return attributes;
    }

    private static void Append(MemoryStream target, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
        target.Write(length);
        target.Write(bytes);
    }

    private static string? Unpack(byte[]? packed, string name) => packed is null ? null : All(packed).GetValueOrDefault(name)?.Text;

    private static byte[] Pack(IEnumerable<KeyValuePair<string, MessageAttribute>> all)
    {
        var parts = all.SelectMany(static attribute => new[] { Encoding.UTF8.GetBytes(NameAndType(attribute)), attribute.Value.Value }).ToArray();
        var packed = new byte[parts.Sum(static part => Frames.PrefixBytes + part.Length)];
        var rest = packed.AsSpan();
        foreach (var part in parts)
        {
            rest = Frames.Write(rest, part.Span);
        }

        return packed;
    }

    private static string NameAndType(KeyValuePair<string, MessageAttribute> attribute) =>
        attribute.Value.Type == MessageAttribute.TextType ? attribute.Key : $"{attribute.Key}{BeforeType}{attribute.Value.Type}";

    private static Dictionary<string, MessageAttribute> All(byte[]? packed)
    {
        var attributes = new Dictionary<string, MessageAttribute>(StringComparer.Ordinal);
        for (var position = 0; position < packed?.Length;)
        {
            var name = Encoding.UTF8.GetString(Frames.Read(packed, ref position).Span).Split(BeforeType, 2);
            attributes[name[0]] = new MessageAttribute(name.Length > 1 ? name[1] : MessageAttribute.TextType, Frames.Read(packed, ref position));
        }

        return attributes;
    }
}
