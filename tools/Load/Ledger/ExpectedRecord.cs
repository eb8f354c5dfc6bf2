using DataToEvents.Domain;

namespace DataToEvents.Load.Ledger;

/// <summary>The events that a record has to become.</summary>
/// <param name="Streams">Every stream that it has an event of.</param>
/// <param name="Events">Its events in order; null when they are too many for one answer, so that the record is set aside as a whole. Empty when the catalog drops it.</param>
/// <param name="RecordHash">SHA-256 of the record itself, base64url.</param>
/// <param name="Envelope">Its event as it would be queued; null unless it has exactly one.</param>
public sealed record ExpectedRecord(IReadOnlyList<string> Streams, IReadOnlyList<ExpectedEvent>? Events, string RecordHash, DataEvent? Envelope);
