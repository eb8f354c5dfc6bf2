namespace DataToEvents.Application.Transformer;

/// <param name="Verdicts">One for each record, in their order.</param>
/// <param name="Doubts">The parts of records that were not understood, counted by kind.</param>
public sealed record TransformedBatch(IReadOnlyList<RecordVerdict> Verdicts, Doubts Doubts);
