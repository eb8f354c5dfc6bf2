namespace DataToEvents.Application.Transformer;

/// <summary>A record as the delivery stream hands it over.</summary>
/// <param name="RecordId">Names it within this batch; not known to be stable across retries.</param>
/// <param name="Arrival">When the delivery stream accepted it; stable across retries.</param>
/// <param name="Data">The producer's bytes.</param>
public readonly record struct ArrivedRecord(string RecordId, DateTimeOffset Arrival, ReadOnlyMemory<byte> Data);
