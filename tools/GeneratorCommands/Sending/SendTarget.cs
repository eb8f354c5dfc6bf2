namespace DataToEvents.Generator.Sending;

internal enum TargetKind
{
    Firehose,
    Sqs,
}

/// <param name="Kind">The protocol of the target.</param>
/// <param name="Endpoint">Null: AWS's own, in the region of the SDK's usual chain.</param>
/// <param name="Name">The delivery stream's, or the queue's.</param>
internal sealed record SendTarget(TargetKind Kind, Uri? Endpoint, string Name)
{
    /// <summary>The region of AWS; null: by the SDK's usual chain.</summary>
    public string? Region { get; init; }
}
