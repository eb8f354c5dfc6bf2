namespace DataToEvents.Operator.Verification;

/// <summary>One copy of an event, found somewhere; digests as in <see cref="DataToEvents.Load.Ledger.EnvelopeDigest"/>.</summary>
internal sealed record Evidence(FoundAt Hop, string Place, long Line)
{
    /// <summary>The digest of stream and id.</summary>
    public long IdKey { get; init; }

    /// <summary>The digest of stream and payload.</summary>
    public long ContentKey { get; init; }

    public long Payload { get; init; }

    /// <summary>The digest by which the event is compared: <see cref="DataToEvents.Load.Ledger.EnvelopeDigest.OfContent"/>, or <see cref="Payload"/> if that is null.</summary>
    public long Same { get; init; }

    /// <summary>The digest of source and type.</summary>
    public long Kind { get; init; }

    public long Attributes { get; init; }

    public long Time { get; init; }

    /// <summary>The digest of the whole envelope as it was queued.</summary>
    public long Whole { get; init; }

    /// <summary>The digest of the envelope without the trace.</summary>
    public long Arrival { get; init; }

    /// <summary>Epoch milliseconds; 0 where the envelope does not say.</summary>
    public long AcceptedAt { get; init; }

    /// <summary>When the store or the queue took it, epoch milliseconds; 0 where that is not written down.</summary>
    public long TakenAt { get; init; }

    /// <summary>The queue's sequence number, padded so that it compares as text.</summary>
    public string? Sequence { get; init; }
}
