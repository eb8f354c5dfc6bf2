namespace DataToEvents.Emulator.Tables;

/// <summary>How far a reader of the change stream has looked.</summary>
internal sealed class StreamCursor
{
    private long _position;

    /// <summary>Every change up to this sequence number was looked at.</summary>
    public long Position
    {
        get => Volatile.Read(ref _position);
        set => Volatile.Write(ref _position, value);
    }
}

/// <summary>A reader that waits for the first change that it wants.</summary>
internal sealed class StreamWaiter(StreamCursor cursor, Func<ChangeRecord, bool> wanted)
{
    public TaskCompletionSource<bool> Signal { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Finds(IReadOnlyList<ChangeRecord> changes)
    {
        foreach (var change in changes)
        {
            if (wanted(change))
            {
                return true;
            }

            cursor.Position = change.Sequence;
        }

        return false;
    }
}
