namespace DataToEvents.Adapters.DynamoDb;

/// <summary>Why a <see cref="ViewTransaction"/> was cancelled: a reason for each of its writes, in order.</summary>
internal sealed class Cancellation(TransactionCanceledException cancelled)
{
    private const string ConditionFailed = "ConditionalCheckFailed";

    private readonly List<CancellationReason> _reasons = cancelled.CancellationReasons ?? [];

    public bool WasApplied => CodeOf(ViewTransaction.EventWrite) == ConditionFailed;

    /// <summary>Whether another event of the stream was applied first.</summary>
    public bool WasNotFirst => CodeOf(ViewTransaction.StreamWrite) == ConditionFailed;

    public bool IsWorthAnotherTry => WasNotFirst || _reasons.Any(reason => reason.Code is "TransactionConflict" or "ThrottlingError" or "ProvisionedThroughputExceeded");

    public string Text => string.Join("; ", _reasons.Where(reason => reason.Code is not (null or "None")).Select(reason => $"{reason.Code}: {reason.Message}"));

    private string? CodeOf(int write) => write < _reasons.Count ? _reasons[write].Code : null;
}
