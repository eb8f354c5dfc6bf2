namespace DataToEvents.Generator.Sending;

/// <summary>Sends records to a target.</summary>
internal interface IRecordSink
{
    SinkLimits Limits { get; }

    /// <summary>
    /// Puts one batch, within <see cref="Limits"/>; a record over <see cref="SinkLimits.MaxRecordBytes"/> comes alone. Answers in the
    /// records' order.
    /// </summary>
    /// <exception cref="TargetException">The batch as a whole got no answer for its records.</exception>
    Task<IReadOnlyList<PutAnswer>> PutAsync(IReadOnlyList<Outgoing> batch, CancellationToken abort);
}

/// <param name="MaxRecords">In a call.</param>
/// <param name="MaxBytes">The bytes of all records of a call, at most.</param>
/// <param name="MaxRecordBytes">The bytes of one record, at most.</param>
/// <param name="Size">Bytes of a record as the target counts them.</param>
/// <param name="OneOfAStream">Entries of a call fail one by one: two of a stream in one call could change places.</param>
internal sealed record SinkLimits(int MaxRecords, int MaxBytes, int MaxRecordBytes, Func<Outgoing, int> Size, bool OneOfAStream = false);

/// <summary>A target's answer for one record.</summary>
/// <param name="Error">Null: accepted.</param>
/// <param name="IsFinal">It will never be accepted.</param>
internal readonly record struct PutAnswer(string? Error = null, bool IsFinal = false)
{
    public static PutAnswer Accepted => default;

    public static PutAnswer Retry(string error) => new(error);

    public static PutAnswer Refused(string error) => new(error, IsFinal: true);
}
