namespace DataToEvents.Generator.Sending;

/// <summary>Where records are sent.</summary>
internal interface IRecordSink
{
    /// <summary>
    /// Puts one batch, within <see cref="FirehoseLimits"/>. Answers in the records' order: null for a record that was accepted,
    /// otherwise why it was not.
    /// </summary>
    /// <exception cref="TargetException">The batch as a whole got no answer for its records.</exception>
    Task<IReadOnlyList<string?>> PutAsync(IReadOnlyList<ReadOnlyMemory<byte>> batch, CancellationToken abort);
}
