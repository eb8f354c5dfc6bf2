namespace DataToEvents.Application.Transformer;

/// <param name="Verdicts">One for each record, in their order.</param>
/// <param name="Doubts">What was not understood in the records.</param>
public sealed record TransformedBatch(IReadOnlyList<RecordVerdict> Verdicts, Doubts Doubts);
