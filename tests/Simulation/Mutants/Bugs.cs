using DataToEvents.Simulation.Runs;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Mutants;

/// <param name="Name">The name of the bug.</param>
/// <param name="Promise">The promise that it breaks.</param>
/// <param name="What">The wrong behaviour.</param>
/// <param name="Within">The number of seeds, from 1 on, within which it must be found.</param>
/// <param name="New">Makes a new instance of the bug.</param>
internal sealed record Bug(string Name, string Promise, string What, int Within, Func<Mutant> New)
{
    /// <summary>The first run, from seed 1 on, that shows it; null when none of so many does.</summary>
    public RunResult? FirstFinding(long seeds)
    {
        for (var seed = 1L; seed <= seeds; seed++)
        {
            if (Run.Of(seed, New()) is { Violations.Count: > 0 } result)
            {
                return result;
            }
        }

        return null;
    }
}

/// <summary>The deliberate bugs by which the simulator itself is tested.</summary>
internal static class Bugs
{
    public static IReadOnlyList<Bug> All { get; } =
    [
        Of<DeduplicationByContent>("2 Nothing lost", "Transformer: the queue is told that equal payloads are one event (dedup by content)", 100),
        Of<DeduplicationById>("2 Nothing lost", "Transformer: deduplicates by event id alone, a conflict vanishes in the queue", 100),
        Of<DeduplicationByIdAndPayload>("2 Nothing lost", "Transformer: deduplicates by event id and payload, an event of another source or type vanishes in the queue", 100),
        Of<VolatileMembersCount>("3 One effect", "Transformer: members that the catalog calls volatile count as content, a retry is a conflict", 400),
        Of<SubjectOfBytes>("3 One effect", "Transformer: a CloudEvent without a subject gets one made of its bytes, a retry with another trace is another event", 100),
        Of<AcknowledgedBeforeQueued>("2 Nothing lost", "Transformer: says \"queued\" before it is (ack before commit)", 100),
        Of<FailedEntryLosesItsPlace>("4 Order", "Transformer: a failed entry is sent again behind its successors", 400),
        Of<WideIntegersStayInData>("2 Nothing lost", "Transformer: an integer beyond 64 bits stays in `data`, where the bus does not take it", 100),
        Of<ReserialisedPayload>("1 Bytes", "Transformer: payloads go through a JSON reader and writer", 100),
        Of<ReferenceBeforePayload>("2 Nothing lost", "Transformer: refers to a payload that could not be stored", 400),
        Of<IdFromRecordId>("3 One effect", "Transformer: ids made of Firehose's record id", 100),
        Of<IdFromPlace>("3 One effect", "Transformer: ids made of a record's place in its batch", 400),
        Of<OneGroupForAll>("5 Poison stays local", "Transformer: all events are of one message group", 400),
        Of<OneFailsAll>("5 Poison stays local", "Transformer: one bad record fails its batch", 100),
        Of<SwallowedException>("2 Nothing lost", "EventStorer: catches what the store throws and goes on", 100),
        Of<GivesUpEarly>("5 Poison stays local", "Transformer and EventStorer: give up after four tries, not when the time is up", 400),
        Of<FewReceives>("5 Poison stays local", "EventStorer: its queue gives a message up after five receives", 400),
        Of<RefusedTogether>("5 Poison stays local", "Transformer, EventStorer and emitter: take the refusal of a call for that of each of its entries", 400),
        Of<DuplicateIsAFailure>("2 Nothing lost", "EventStorer: reports an event that is stored already as failed", 100),
        Of<IgnoredConflict>("2 Nothing lost", "EventStorer: takes a conflict for a duplicate", 100),
        Of<IdentityIgnoresSource>("2 Nothing lost", "EventStorer: takes an event of another source for a conflict", 100),
        Of<DuplicateTakenForConflict>("3 One effect", "EventStorer: puts duplicates into quarantine", 100),
        Of<KeyOfTheMoment>("3 One effect", "EventStorer: the item's key depends on when it is written", 100),
        Of<LostPartialFailure>("2 Nothing lost", "EventStorer: answers that all is well, whatever failed", 100),
        Of<WrongGroupFailed>("2 Nothing lost", "EventStorer: names another message than the one that failed", 400),
        Of<OnlyTheFirstFailed>("2 Nothing lost", "EventStorer: does not name the later messages of a failed one's group", 400),
        Of<DeletedBeforeStored>("2 Nothing lost", "EventStorer: lets the messages be deleted, then works on them (early delete)", 100),
        Of<LaneRace>("4 Order", "EventStorer: stores the messages of a group side by side", 100),
        Of<CheckpointTooFar>("2 Nothing lost", "Emitter: moves the checkpoint over the change that failed", 100),
        Of<FailedEntriesOverlooked>("2 Nothing lost", "Emitter: takes an entry that the bus refused for published", 100),
        Of<NamesFirstRecord>("5 Poison stays local", "Emitter: names the first of several changes as failed, and Lambda may not halve such a batch", 400),
        Of<PublishedBackwards>("4 Order", "Emitter: publishes a batch backwards", 100),
        Of<EmittersSideBySide>("4 Order", "Emitter: its mapping has a parallelization factor of 4", 100),
        Of<StreamOverTwoShards>("4 Order", "Table: the events of a stream are divided over two shards, each with an emitter", 400),
        Of<TimeOfTheProducer>("2 Nothing lost", "Emitter: gives bus entries the producers' time", 100),
        Of<NowhereToPutIt>("2 Nothing lost", "Emitter: its mapping has no on-failure destination", 100),
        Of<RefusalUnnoticed>("2 Nothing lost", "Operator: does not replay the store after a place has refused something", 400),
        Of<ConsumerForgets>("3 One effect", "Consumer: takes a second delivery for a new event", 100),
        Of<ConsumerIgnoresSource>("2 Nothing lost", "Consumer: takes an event of another source for a second delivery", 100),
        Of<LastComeIsLatest>("4 Order", "Consumer: takes what comes last for a stream's latest", 100),
        Of<LatestByProducersClock>("4 Order", "Consumer: takes what has the latest `time` for a stream's latest", 100),
        Of<ProducersNumberIgnored>("4 Order", "Consumer: takes no notice of the producer's number of an event (`sequence` in the catalog)", 100),
        Of<NoDeadLetterQueue>("2 Nothing lost", "Consumer: its function has no dead-letter queue", 100),
        Of<ConsumerSwallows>("2 Nothing lost", "Consumer: swallows what it cannot do", 100),
    ];

    /// <summary>Null: there is none of that name. No name: no bug.</summary>
    public static Func<Mutant>? Find(string? name) =>
        name is null ? static () => Mutant.None : All.FirstOrDefault(bug => bug.Name == name)?.New;

    private static Bug Of<T>(string promise, string what, int within)
        where T : Mutant, new() => new(typeof(T).Name, promise, what, within, static () => new T());
}
