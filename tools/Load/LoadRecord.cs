namespace DataToEvents.Load;

/// <summary>One record to be sent.</summary>
/// <param name="Index">Its place among all records of the run, from 0.</param>
/// <param name="Bytes">The bytes to send.</param>
/// <param name="DuplicateOf">The earlier record whose bytes these are; null when they are new.</param>
/// <param name="Poison">The fault that the record has; null for an ordinary record.</param>
public sealed record LoadRecord(long Index, ReadOnlyMemory<byte> Bytes, long? DuplicateOf = null, PoisonKind? Poison = null);
