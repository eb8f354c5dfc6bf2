namespace DataToEvents.Emulator.Storage;

/// <summary>Reads one file of the <see cref="RedoLog"/> at the start. A torn tail left by a crash is skipped; any other damage throws.</summary>
internal sealed class RedoReader(SafeFileHandle file, string path)
{
    /// <summary>
    /// A frame is written while the previous one is being synced, and the next frame only after that. So a crash leaves at most one whole frame
    /// behind a torn one, and neither was acknowledged. More whole frames show that the torn one was durable and was damaged later.
    /// </summary>
    private const int MaxBehindTorn = 1;

    /// <summary>Whether the file's first frame, whole or not, is of the generation.</summary>
    public bool Holds(long generation) => First() is { } first && first.Generation == generation;

    /// <param name="generation">The generation, which the file <see cref="Holds"/>.</param>
    /// <param name="last">The checksum of the last frame of the previous generation; null: not known.</param>
    /// <exception cref="DamagedLogException">A frame that was durable is missing.</exception>
    public IEnumerable<(RedoFrame Header, ReadOnlyMemory<byte> Frame)> Read(long generation, uint? last)
    {
        var position = 0L;
        while (TryRead(generation, position) is { } read)
        {
            if (last is { } before && read.Header.Before != before && (position > 0 || read.Header.Before != 0))
            {
                throw new DamagedLogException(path, $"lacks what stood before byte {position}.");
            }

            last = read.Header.Checksum;
            position += RedoFrame.Bytes + read.Header.Length;
            yield return read;
        }

        if (CountBehind(generation, position) > MaxBehindTorn)
        {
            throw new DamagedLogException(path, $"is damaged at byte {position}.");
        }
    }

    /// <summary>Checks that the file holds only changes that the database has already.</summary>
    /// <param name="generation">The next generation.</param>
    /// <exception cref="DamagedLogException">The file does not belong to this database, or is damaged.</exception>
    public void CheckIsBefore(long generation)
    {
        if (First() is { } first && (first.Generation < 1 || first.Generation >= generation))
        {
            throw new DamagedLogException(path, "does not go with the database: one of them is damaged, or was replaced.");
        }
    }

    /// <exception cref="DamagedLogException">The file lacks frames before <paramref name="expected"/>.</exception>
    public void CheckEnd(long end, long expected)
    {
        if (end != expected)
        {
            throw new DamagedLogException(path, $"is damaged at byte {end}.");
        }
    }

    private RedoFrame? First()
    {
        var header = new byte[RedoFrame.Bytes];
        // Blocks whose bytes a crash lost read as zeros.
        return RandomAccess.Read(file, header, 0) == header.Length && header.AsSpan().ContainsAnyExcept((byte)0) ? RedoFrame.Read(header) : null;
    }

    private (RedoFrame Header, ReadOnlyMemory<byte> Frame)? TryRead(long generation, long position)
    {
        var bytes = new byte[RedoFrame.Bytes];
        if (RandomAccess.Read(file, bytes, position) < bytes.Length)
        {
            return null;
        }

        var header = RedoFrame.Read(bytes);
        position += bytes.Length;
        if (header.Generation != generation || header.Length <= 0 || header.Length > RandomAccess.GetLength(file) - position)
        {
            return null;
        }

        var frame = new byte[header.Length];
        return RandomAccess.Read(file, frame, position) == frame.Length && header.Holds(frame) ? (header, frame) : null;
    }

    /// <summary>Counts the whole frames of the generation behind a position where no whole frame begins.</summary>
    private int CountBehind(long generation, long position)
    {
        var rest = new byte[Math.Max(0, RandomAccess.GetLength(file) - position)];
        var read = RandomAccess.Read(file, rest, position);
        var signature = RedoFrame.Signature(generation);
        var count = 0;
        for (var at = 0; at < read && rest.AsSpan(at..read).IndexOf(signature) is >= 0 and var found; at++)
        {
            at += found;
            count += at >= RedoFrame.GenerationAt && TryRead(generation, position + at - RedoFrame.GenerationAt) is not null ? 1 : 0;
        }

        return count;
    }
}
