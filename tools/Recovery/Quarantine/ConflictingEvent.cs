namespace DataToEvents.Recovery.Quarantine;

/// <summary>An event in quarantine: it came under the id of a stored event with other content.</summary>
internal sealed record ConflictingEvent(DataEvent Event, string Sequence)
{
    private static readonly JsonDocumentOptions AnyDepth = new() { MaxDepth = 1_010 };

    /// <exception cref="FormatException">The object is none of the quarantine's.</exception>
    public static ConflictingEvent Read(ReadOnlyMemory<byte> content, string key)
    {
        try
        {
            using var json = JsonDocument.Parse(content, AnyDepth);
            var envelope = Encoding.UTF8.GetBytes(json.RootElement.GetProperty("envelope").GetRawText());
            return new ConflictingEvent(DataEvent.Parse(envelope), json.RootElement.GetProperty("sequence").GetString()!);
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new FormatException($"{key} is no object of the quarantine: {broken.Message}", broken);
        }
    }

    public string ReleasedId => ReleasedEvent.IdOf(Event.Id, Event.ContentHash()).Value;

    /// <summary>The event under its new id; source, type, stream, time and payload as they were.</summary>
    public ReadOnlyMemory<byte> Released() => Envelope.With(Event.Envelope, ("id", ReleasedId), (ExtensionNames.ConflictsWith, Event.Id.Value));
}
