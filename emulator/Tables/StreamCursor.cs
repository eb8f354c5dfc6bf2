namespace DataToEvents.Emulator.Tables;

/// <summary>The position of a reader in the change stream.</summary>
internal sealed class StreamCursor
{
    private long _position;

    /// <summary>The reader has seen every change up to this sequence number.</summary>
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

    /// <summary>Whether one of the changes is wanted; moves the cursor over those before it.</summary>
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
