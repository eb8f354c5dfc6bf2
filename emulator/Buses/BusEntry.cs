namespace DataToEvents.Emulator.Buses;

/// <summary>One entry of a PutEvents call.</summary>
/// <param name="Source">The name of the publisher.</param>
/// <param name="DetailType">The kind of event.</param>
/// <param name="Detail">A JSON object, UTF-8; delivered verbatim.</param>
/// <param name="Time">When it happened; null for the time of the call.</param>
/// <param name="Resources">ARNs that the event is about.</param>
/// <param name="TraceHeader">X-Ray's trace header. It is passed to the target's invocation and is not part of the event.</param>
public sealed record BusEntry(
    string? Source, string? DetailType, ReadOnlyMemory<byte> Detail, DateTimeOffset? Time = null, IReadOnlyList<string>? Resources = null, string? TraceHeader = null)
{
    private static readonly JsonReaderOptions Nesting = new() { MaxDepth = BusLimits.MaxNestedLevels };

    /// <summary>The entry's size in bytes. Source: Amazon EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size".</summary>
    public int Size =>
        (Time is null ? 0 : BusLimits.TimeBytes) + Length(Source) + Length(DetailType) + Detail.Length + (Resources?.Sum(Length) ?? 0);

    /// <summary>Checks the entry.</summary>
    /// <returns>The error, or null when the entry is valid.</returns>
    internal PutEventResult? Fault()
    {
        var missing = string.IsNullOrEmpty(Source) ? nameof(Source) : string.IsNullOrEmpty(DetailType) ? nameof(DetailType) : Detail.IsEmpty ? nameof(Detail) : null;
        if (missing is not null)
        {
            return PutEventResult.Failed("InvalidArgument", $"Parameter {missing} is not valid. Reason: {missing} is a required argument.");
        }

        if (DetailType!.Length > BusLimits.MaxDetailTypeLength)
        {
            return PutEventResult.Failed("InvalidArgument", $"Parameter DetailType is not valid. Reason: longer than {BusLimits.MaxDetailTypeLength} characters.");
        }

        if (Source!.StartsWith("aws.", StringComparison.Ordinal))
        {
            return PutEventResult.Failed("NotAuthorizedForSource", "Not authorized for the source.");
        }

        return Utf8.IsValid(Detail.Span) && IsObject(Detail.Span) ? null : PutEventResult.Failed("MalformedDetail", "Detail is malformed.");
    }

    private static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Nesting);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read())
            {
                if (IsWideInteger(ref reader))
                {
                    return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether an integer is too large for 64 bits (signed). Source: Amazon EventBridge API Reference, "PutEvents".</summary>
    private static bool IsWideInteger(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.ValueSpan.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0 && !reader.TryGetInt64(out _);

    private static int Length(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}

/// <summary>The result of one entry: an event id, which means that the event is durable, or an error.</summary>
public sealed record PutEventResult(string? EventId, string? ErrorCode, string? ErrorMessage)
{
    internal static PutEventResult Accepted(string id) => new(id, null, null);

    internal static PutEventResult Failed(string code, string message) => new(null, code, message);
}
