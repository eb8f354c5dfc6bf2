namespace DataToEvents.Emulator.Queues;

/// <summary>
/// The sequence numbers of a queue: ascending from 1, and none is given twice. The database only holds up to where they are reserved, which saves a write
/// for each message; a restart goes on behind the reserved ones. Not thread-safe: use it under the queue's lock.
/// </summary>
/// <param name="reserved">The last number that an earlier run may have given.</param>
internal sealed class SequenceNumbers(long reserved)
{
    private const int ReservedAtOnce = 1_000_000;

    private long _reserved = reserved;

    /// <summary>The last number that was given.</summary>
    public long Last { get; private set; } = reserved;

    /// <summary>
    /// Up to where the transaction that writes the number <see cref="Last"/> has to reserve; 0: that number is reserved already.
    /// </summary>
    public long ToReserve => Last > _reserved ? Last + ReservedAtOnce : 0;

    public long Next() => ++Last;

    /// <summary>Notes that the database holds a reservation.</summary>
    public void Reserved(long upTo) => _reserved = Math.Max(_reserved, upTo);
}
