namespace DataToEvents.Domain;

/// <summary>An event that an operator released from quarantine: it goes on under an id of its own (docs/adr/0014-releasing-a-conflict.md).</summary>
public static class ReleasedEvent
{
    /// <summary>The id of the released event. It follows from the content, so that a second release has no second effect.</summary>
    /// <param name="former">The id under which the event came.</param>
    /// <param name="contentHash">Its <see cref="DataEvent.ContentHash()"/>.</param>
    public static EventId IdOf(EventId former, string contentHash)
    {
        var id = $"{former}~{contentHash}";
        return new EventId(EventId.IsValid(id) ? id : $"~{contentHash}");
    }
}
