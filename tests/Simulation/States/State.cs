namespace DataToEvents.Simulation.States;

/// <summary>Situations in which the path is most likely to go wrong. A run that is in none of them proves little.</summary>
internal enum State
{
    // Before the queue.
    TransformersSideBySide,
    BatchesPassEachOther,
    FirehoseGivesUp,
    PoisonAmongOthers,
    PayloadTooLargeToQueue,
    QueueRecognisesCopy,

    // Between the queue and the store.
    MessageBeyondLookAhead,
    MessageTwiceAtWork,
    PartOfABatchFails,
    ReceivesUsedUp,
    StoreRecognisesCopy,
    ConflictInStore,
    RedriveMeetsTraffic,

    // Between the store and the bus.
    LanesSideBySide,
    CheckpointInTheMiddle,
    FirstOfABatchFails,
    BatchHalvedToOne,
    ChangesGivenUpTogether,
    ShardSplitBehind,
    StreamDivided,

    // At the consumer.
    ConsumerRecognisesCopy,
    OlderAfterNewer,
    TransactionCancelled,
    ReplayMeetsTraffic,

    // Anywhere.
    EntrySentAlone,
    EffectAfterTheEnd,
    DownForMinutes,
    PlaceHasRefused,
    OthersFinished,
    KilledAtWork,
    StoppedAtWork,
    ClockSetBackAtWork,
    ConflictReleased,
}
