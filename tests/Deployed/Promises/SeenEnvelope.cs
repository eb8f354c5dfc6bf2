namespace DataToEvents.Deployed.Tests.Promises;

/// <summary>An envelope as it lies at a hop, read without any of the product's code.</summary>
internal sealed record SeenEnvelope
{
    private const int MaxDepth = 1_100;

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = MaxDepth };

    public required string Id { get; init; }

    public required string Source { get; init; }

    /// <summary>The item's sort key: id and source, a tab between them.</summary>
    public string Key => $"{Id}\t{Source}";

    public required string Stream { get; init; }

    /// <summary>Our extension, which the emitter adds; null before that.</summary>
    public required string? StreamSequence { get; init; }

    /// <summary>The payload's own bytes; null when <see cref="PayloadKey"/> says where they are.</summary>
    public required byte[]? Payload { get; init; }

    /// <summary>Key of the object in the bucket.</summary>
    public required string? PayloadKey { get; init; }

    public static SeenEnvelope Parse(string envelope)
    {
        using var document = JsonDocument.Parse(envelope, Deep);
        var json = document.RootElement;
        return new SeenEnvelope
        {
            Id = json.GetProperty("id").GetString()!,
            Source = json.GetProperty("source").GetString()!,
            Stream = json.GetProperty("subject").GetString()!,
            StreamSequence = json.TryGetProperty("dtesequence", out var sequence) ? sequence.GetString() : null,
            Payload = PayloadOf(json),
            PayloadKey = json.TryGetProperty("dataref", out var reference) ? reference.GetString()!.Split('/', 4)[3] : null,
        };
    }

    private static byte[]? PayloadOf(JsonElement json)
    {
        if (json.TryGetProperty("data_base64", out var base64))
        {
            return base64.GetBytesFromBase64();
        }

        if (!json.TryGetProperty("data", out var data))
        {
            return null;
        }

        // A text that is no JSON travels as a string, and its content type says so.
        var isText = data.ValueKind == JsonValueKind.String && json.GetProperty("datacontenttype").GetString()!.StartsWith("text/plain", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(isText ? data.GetString()! : data.GetRawText());
    }
}
