namespace DataToEvents.Generator.Sending;

/// <summary>Packs records into as few batches as their order allows.</summary>
internal static class Batches
{
    /// <summary>
    /// Batches of at most <see cref="FirehoseLimits.MaxBatchRecords"/> records and <see cref="FirehoseLimits.MaxBatchBytes"/> bytes,
    /// none empty, made as they are asked for. A single record always fits.
    /// </summary>
    public static IEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> Pack(IEnumerable<ReadOnlyMemory<byte>> records)
    {
        var batch = new List<ReadOnlyMemory<byte>>();
        var bytes = 0;
        foreach (var record in records)
        {
            if (batch.Count == FirehoseLimits.MaxBatchRecords || (batch.Count > 0 && bytes + record.Length > FirehoseLimits.MaxBatchBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }

            batch.Add(record);
            bytes += record.Length;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }
}
