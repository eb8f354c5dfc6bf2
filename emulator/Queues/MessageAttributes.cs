namespace DataToEvents.Emulator.Queues;

/// <summary>Packs the attributes of a message into one value of its row: names and values in turn.</summary>
internal static class MessageAttributes
{
    private const string Type = "String";

    /// <summary>The name under which the trace header is packed. A sender cannot use this name or the next: SQS refuses attributes that begin with <c>AWS.</c></summary>
    private const string TraceHeader = "AWS.TraceHeader";

    private const string SourceQueue = "AWS.DeadLetterQueueSourceArn";

    /// <summary>The bytes that attributes add to the size of a message. SQS counts names, types and values.</summary>
    public static int Size(IReadOnlyDictionary<string, string>? attributes) =>
        attributes?.Sum(static attribute => Encoding.UTF8.GetByteCount(attribute.Key) + Type.Length + Encoding.UTF8.GetByteCount(attribute.Value)) ?? 0;

    public static byte[]? Pack(IReadOnlyDictionary<string, string>? attributes, string? traceHeader = null)
    {
        if (attributes is not { Count: > 0 } && traceHeader is null)
        {
            return null;
        }

        IEnumerable<KeyValuePair<string, string>> all = attributes ?? new Dictionary<string, string>();
        return Pack(traceHeader is null ? all : all.Append(KeyValuePair.Create(TraceHeader, traceHeader)));
    }

    /// <summary>The same attributes with the ARN of the queue from which SQS moved the message to a dead-letter queue, or without one.</summary>
    public static byte[]? WithSource(byte[]? packed, string? arn)
    {
        var all = All(packed);
        all.Remove(SourceQueue);
        if (arn is not null)
        {
            all.Add(SourceQueue, arn);
        }

        return all.Count == 0 ? null : Pack(all);
    }

    /// <summary>Null for a message that was sent to its queue by a client.</summary>
    public static string? UnpackSource(byte[]? packed) => packed is null ? null : All(packed).GetValueOrDefault(SourceQueue);

    private static byte[] Pack(IEnumerable<KeyValuePair<string, string>> all)
    {
        var texts = all.SelectMany(static attribute => new[] { attribute.Key, attribute.Value }).Select(Encoding.UTF8.GetBytes).ToArray();
        var packed = new byte[texts.Sum(static text => Frames.PrefixBytes + text.Length)];
        var rest = packed.AsSpan();
        foreach (var text in texts)
        {
            rest = Frames.Write(rest, text);
        }

        return packed;
    }

    public static string? UnpackTraceHeader(byte[]? packed) => packed is null ? null : All(packed).GetValueOrDefault(TraceHeader);

    public static IReadOnlyDictionary<string, string> Unpack(byte[]? packed)
    {
        var attributes = All(packed);
        attributes.Remove(TraceHeader);
        attributes.Remove(SourceQueue);
        return attributes;
    }

    private static Dictionary<string, string> All(byte[]? packed)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var position = 0; position < packed?.Length;)
        {
            attributes[Next(packed, ref position)] = Next(packed, ref position);
        }

        return attributes;
    }

    private static string Next(byte[] packed, ref int position) => Encoding.UTF8.GetString(Frames.Read(packed, ref position).Span);
}
