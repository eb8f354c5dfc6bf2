namespace DataToEvents.Load.Ledger;

/// <summary>An event that has to arrive at the other end of the path.</summary>
/// <param name="Stream">The stream that the catalog, or the event itself, names.</param>
/// <param name="Id">Its own id; null when the path makes one at arrival.</param>
/// <param name="Type">The type that the catalog, or the event itself, names.</param>
/// <param name="Kind">Digest of source and type, see <see cref="EnvelopeDigest.OfKind"/>.</param>
/// <param name="Source">Digest of the source: an id is unique within it.</param>
/// <param name="Content">See <see cref="EnvelopeDigest.OfContent"/>.</param>
/// <param name="Hash">SHA-256 of the payload, base64url.</param>
/// <param name="Attributes">See <see cref="EnvelopeDigest.OfAttributes"/>.</param>
/// <param name="Time">Digest of its own time; null when it is that of its arrival.</param>
/// <param name="Bytes">The size of the payload.</param>
public sealed record ExpectedEvent(string Stream, string? Id, string Type, long Kind, long Source, long? Content, string Hash, long Attributes, long? Time, int Bytes);
