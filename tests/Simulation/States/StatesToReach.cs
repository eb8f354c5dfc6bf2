namespace DataToEvents.Simulation.States;

/// <param name="State">Which.</param>
/// <param name="What">What it is, for people.</param>
/// <param name="Within">So many seeds, from 1 on, must reach it.</param>
internal sealed record StateToReach(State State, string What, int Within);

/// <summary>All states, and within how many seeds each must be reached. What most runs reach is required of the seeds of CI.</summary>
internal static class StatesToReach
{
    public const int Often = 1_200;
    public const int Rarely = 10_000;

    public static IReadOnlyList<StateToReach> All { get; } =
    [
        new(State.TransformersSideBySide, "two Transformers run at the same time", Often),
        new(State.BatchesPassEachOther, "two batches of Firehose pass each other: events of a stream reach the queue in another order than they were acknowledged", Often),
        new(State.FirehoseGivesUp, "Firehose gives up a record that is no poison", Often),
        new(State.PoisonAmongOthers, "the Transformer fails one record of a batch and takes others", Often),
        new(State.PayloadTooLargeToQueue, "a payload goes to the bucket, and the event refers to it", Often),
        new(State.QueueRecognisesCopy, "the queue drops a message that it took before", Often),
        new(State.MessageBeyondLookAhead, "a message lies so far back in the queue that SQS does not see its group", Often),
        new(State.MessageTwiceAtWork, "two invocations of the EventStorer work on one message at the same time", Often),
        new(State.PartOfABatchFails, "the EventStorer fails some messages of a batch and stores others", Often),
        new(State.ReceivesUsedUp, "the queue sets a message aside because it was received too often", Often),
        new(State.StoreRecognisesCopy, "the store finds an event that it holds already", Often),
        new(State.ConflictInStore, "the store finds another content under source and id of an event", Often),
        new(State.RedriveMeetsTraffic, "a redriven message comes behind others of its stream that wait in the queue", Rarely),
        new(State.LanesSideBySide, "two emitters read the same shard at the same time (`bus.give_up_order`)", Often),
        new(State.CheckpointInTheMiddle, "the emitter names a change in the middle of a batch as failed", Often),
        new(State.FirstOfABatchFails, "the first change of a batch of several cannot be published", Often),
        new(State.BatchHalvedToOne, "a batch of changes that failed is halved until one change is alone", Often),
        new(State.ChangesGivenUpTogether, "an on-failure object holds more than one change", Often),
        new(State.ShardSplitBehind, "a shard of the change stream is split while the emitter has not read all of it", Often),
        new(State.StreamDivided, "a split divides the events of a stream over two shards (in runs that give up order on the bus)", Often),
        new(State.ConsumerRecognisesCopy, "the consumer gets an event that it has", Often),
        new(State.OlderAfterNewer, "the consumer gets an event after a later one of its stream", Often),
        new(State.TransactionCancelled, "a transaction of the consumer is cancelled, because another one of the same stream is under way", Often),
        new(State.ReplayMeetsTraffic, "the archive is replayed while events are on their way", Often),
        new(State.EntrySentAlone, "an entry goes alone, because a call with it and others was refused as a whole", Often),
        new(State.EffectAfterTheEnd, "a call takes effect after its function was killed or had timed out", Often),
        new(State.DownForMinutes, "a service is called when it has been down for more than two minutes", Often),
        new(State.PlaceHasRefused, "an on-failure object or a dead letter is dropped, because its place refused it", Often),
        new(State.OthersFinished, "while a stream or a service fails for ever, all others are done", Often),
        new(State.KilledAtWork, "the host is killed while events are on their way", Often),
        new(State.StoppedAtWork, "the host is stopped while events are on their way", Often),
        new(State.ClockSetBackAtWork, "the clock is set back while events are on their way", Often),
        new(State.ConflictReleased, "an operator releases a conflicting event from quarantine", Often),
    ];

    /// <returns>The states that so many seeds had to reach and did not, a line each.</returns>
    /// <param name="counts">How many runs reached each state.</param>
    /// <param name="seeds">How many runs there were.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyList<int> counts, long seeds) =>
        [.. All.Where(state => seeds >= state.Within && counts[(int)state.State] == 0).Select(state => $"{state.State} was never reached: {state.What}")];

    /// <returns>A line for each state: how many runs reached it.</returns>
    /// <param name="counts">How many runs reached each state.</param>
    public static IEnumerable<string> Table(IReadOnlyList<int> counts) => All.Select(state => $"  {counts[(int)state.State],8:N0}  {state.State,-24}  {state.What}");
}
