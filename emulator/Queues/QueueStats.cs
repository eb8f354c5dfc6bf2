namespace DataToEvents.Emulator.Queues;

/// <summary>The state of a queue, and what happened since it was opened.</summary>
/// <param name="Depth">Messages in the queue, those in flight included.</param>
/// <param name="InFlight">Messages that are received and neither deleted nor visible again.</param>
/// <param name="OldestAge">The age of the oldest message; zero when the queue is empty.</param>
/// <param name="Sent">Messages added by senders.</param>
/// <param name="Deduplicated">Sends that were answered with an earlier message.</param>
/// <param name="Received">Receives of a message, repeated ones included.</param>
/// <param name="Redelivered">Repeated receives of a message.</param>
/// <param name="Deleted">Messages deleted by consumers or operators.</param>
/// <param name="Expired">Messages deleted because the retention was over.</param>
/// <param name="DeadLettered">Messages moved to the dead-letter queue.</param>
public sealed record QueueStats(
    long Depth, long InFlight, TimeSpan OldestAge, long Sent, long Deduplicated, long Received, long Redelivered, long Deleted, long Expired, long DeadLettered)
{
    /// <summary>Messages that may not be received yet.</summary>
    public long Delayed { get; init; }
}

/// <summary>Counts of a queue since it was opened. Use it under the queue's lock.</summary>
internal sealed class QueueCounters
{
    public long Sent;
    public long Deduplicated;
    public long Received;
    public long Redelivered;
    public long Deleted;
    public long Expired;
    public long DeadLettered;
}
