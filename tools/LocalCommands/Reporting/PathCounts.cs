namespace DataToEvents.Local.Reporting;

/// <summary>The counts of each hop since this host started, and of the items that wait between hops now.</summary>
internal sealed record PathCounts
{
    /// <summary>Records that the delivery stream acknowledged.</summary>
    public long Accepted { get; init; }

    /// <summary>Lines, one an event, given to the lake.</summary>
    public long Lake { get; init; }

    /// <summary>The records among them whose events an earlier run queued, and perhaps stored.</summary>
    public long LakeOfEarlierRuns { get; init; }

    /// <summary>Records that the catalog drops.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages that the queue took as new.</summary>
    public long Queued { get; init; }

    public long Stored { get; init; }

    /// <summary>
    /// Second copies of an event that the queue's window or the store recognised. A message that was delivered again does not count. A copy that the path
    /// itself made does: an invocation of the Transformer was repeated, or a crash left an event stored and still queued.
    /// </summary>
    public long Duplicates { get; init; }

    public long Conflicts { get; init; }

    /// <summary>Events that the emitter published. One that it publishes again, because a crash lost its answer, counts once.</summary>
    public long Published { get; init; }

    /// <summary>Events that the bus took once more: replayed, redriven, recovered, or tried again.</summary>
    public long PublishedAgain { get; init; }

    /// <summary>Events that the consumer's function took, replays not among them.</summary>
    public long Delivered { get; init; }

    /// <summary>Replays that the consumer's function took, whether or not it ignores them.</summary>
    public long Replays { get; init; }

    /// <summary>What was set aside since the start, by place. What was brought back since is still among it: see <see cref="Page.SetAsidePlaces"/> for what lies there now.</summary>
    public required FailedByPlace Failed { get; init; }

    /// <summary>Records, messages, changes and events that are on their way between two hops.</summary>
    public long Pending { get; init; }

    /// <summary>Records that the endpoint refused, so that they were never accepted: over a limit.</summary>
    public long Refused { get; init; }

    /// <summary>Events that no entry of the catalog matches, those of no JSON among them. Like the next three they are counted again when a batch is transformed again.</summary>
    public long Unclassified { get; init; }

    /// <summary>Events of records that are no JSON.</summary>
    public long NotJson { get; init; }

    /// <summary>Events whose time could not be read.</summary>
    public long TimeUnusable { get; init; }

    /// <summary>Records that say they are CloudEvents and break the specification.</summary>
    public long InvalidCloudEvents { get; init; }

    /// <summary>Every accepted record went on or is in a named place, and so did every event made of them.</summary>
    public bool AllAccountedFor =>
        Pending == 0
        && Lake - LakeOfEarlierRuns <= Stored + Duplicates + Conflicts + Failed.DeadLetterQueue
        && Published + Failed.OnFailure >= Stored
        && Delivered + Failed.RuleDeadLetterQueue >= Published;
}

/// <param name="ProcessingFailed">Records in the lake's error objects.</param>
/// <param name="DeadLetterQueue">Messages that EventStorer could not take.</param>
/// <param name="OnFailure">Stream records that the emitter gave up on.</param>
/// <param name="RuleDeadLetterQueue">Events that the rule's target did not take.</param>
internal sealed record FailedByPlace(long ProcessingFailed, long DeadLetterQueue, long OnFailure, long RuleDeadLetterQueue)
{
    public long Total => ProcessingFailed + DeadLetterQueue + OnFailure + RuleDeadLetterQueue;
}
