namespace DataToEvents.Local.Feeding;

/// <summary>Ends demo traffic at its bound, so that a host that somebody forgets does not fill the disk.</summary>
internal sealed class DemoBound(KeepBound keep, DirectoryInfo data, TimeProvider time)
{
    /// <summary>Between two looks at the size of the directory, which has many files.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Why the traffic has ended.</summary>
    public string Reason { get; private set; } = "";

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Until(IAsyncEnumerable<ReadOnlyMemory<byte>> records)
    {
        var began = time.GetTimestamp();
        var next = TimeSpan.Zero;
        await foreach (var record in records)
        {
            var elapsed = time.GetElapsedTime(began);
            if (elapsed >= next)
            {
                next = elapsed + Interval;
                Reason = keep.Bytes is { } bytes && SizeOf(data) is var size && size >= bytes ? $"{data.FullName} has {Units.Text(size)}"
                    : keep.Time is { } longest && elapsed >= longest ? $"it has run for {keep}"
                    : "";
            }

            if (Reason.Length > 0)
            {
                yield break;
            }

            yield return record;
        }
    }

    /// <summary>The bytes of all files. Files that vanish meanwhile do not count.</summary>
    private static long SizeOf(DirectoryInfo folder) =>
        new System.IO.Enumeration.FileSystemEnumerable<long>(folder.FullName, static (ref entry) => entry.IsDirectory ? 0 : entry.Length, new EnumerationOptions { RecurseSubdirectories = true }).Sum();
}
