namespace DataToEvents.Application.Transformer;

/// <summary>A record as the delivery stream hands it over.</summary>
/// <param name="RecordId">Names the record within this batch. A retry may give another id.</param>
/// <param name="Arrival">When the delivery stream accepted it. A retry gives the same time.</param>
/// <param name="Data">The producer's bytes.</param>
public readonly record struct ArrivedRecord(string RecordId, DateTimeOffset Arrival, ReadOnlyMemory<byte> Data);
