namespace DataToEvents.Emulator.Queues;

/// <summary>A deduplication id within its message group: 128 bits of their SHA-256. Default stands for no id.</summary>
internal readonly record struct DeduplicationKey(ulong High, ulong Low)
{
    public static DeduplicationKey Of(string groupId, string deduplicationId)
    {
        // A line feed can be in neither id.
        Span<byte> text = stackalloc byte[(2 * QueueLimits.MaxIdLength) + 1];
        var length = Encoding.ASCII.GetBytes(groupId, text);
        text[length++] = (byte)'\n';
        length += Encoding.ASCII.GetBytes(deduplicationId, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new DeduplicationKey(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[8..]));
    }
}

/// <summary>
/// Remembers for five minutes which message was sent with a deduplication id; the latest, if there are several. The ids are kept in slices of one minute,
/// and each slice is forgotten as a whole: this is cheap for millions of ids.
/// </summary>
internal sealed class DeduplicationWindow
{
    private static readonly long WindowMs = (long)QueueLimits.DeduplicationWindow.TotalMilliseconds;
    private static readonly long SliceMs = WindowMs / 5;
    private readonly LinkedList<Slice> _slices = [];

    /// <returns>The sequence number of the message that was sent with this id, or null.</returns>
    public long? Find(DeduplicationKey key, long nowMs)
    {
        for (var slice = _slices.Last; slice is not null; slice = slice.Previous)
        {
            if (slice.Value.Entries.TryGetValue(key, out var entry) && nowMs - entry.SentMs < WindowMs)
            {
                return entry.Sequence;
            }
        }

        return null;
    }

    public void Remember(DeduplicationKey key, long sequence, long sentMs)
    {
        while (_slices.First is { } oldest && sentMs - oldest.Value.LatestMs >= WindowMs)
        {
            _slices.RemoveFirst();
        }

        if (_slices.Last is not { } last || sentMs - last.Value.StartMs >= SliceMs)
        {
            last = _slices.AddLast(new Slice(sentMs));
        }

        ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(last.Value.Entries, key, out _);
        entry = sequence > entry.Sequence ? (sequence, sentMs) : entry;
        last.Value.LatestMs = Math.Max(last.Value.LatestMs, sentMs);
    }

    private sealed class Slice(long startMs)
    {
        public long StartMs { get; } = startMs;

        public long LatestMs { get; set; } = startMs;

        public Dictionary<DeduplicationKey, (long Sequence, long SentMs)> Entries { get; } = [];
    }
}
