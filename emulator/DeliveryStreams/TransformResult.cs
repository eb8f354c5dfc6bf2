namespace DataToEvents.Emulator.DeliveryStreams;

/// <summary>How the invocations of a batch ended.</summary>
/// <param name="Attempts">Invocations made.</param>
/// <param name="EndedMs">When the last invocation ended, in Unix milliseconds.</param>
/// <param name="BatchError">The error of each record when no invocation succeeded; else null.</param>
internal sealed record TransformResult(int Attempts, long EndedMs, TransformError? BatchError)
{
    public TransformError? ErrorOf(TransformBatch batch, int record) =>
        BatchError ?? (batch.Results[record].Status is TransformStatus.Ok or TransformStatus.Dropped
            ? null
            : TransformError.Of(batch.Results[record].Status));
}
