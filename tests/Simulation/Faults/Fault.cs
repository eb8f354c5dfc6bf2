namespace DataToEvents.Simulation.Faults;

/// <summary>The faults. Each run has some of them, each with its own rate.</summary>
internal enum Fault
{
    // At the endpoint.
    EndpointThrottles,
    EndpointAnswerLost,

    // An invocation of a function.
    Throttled,
    Throws,
    KilledBefore,
    KilledMidway,
    KilledAfter,
    HangsBefore,
    AnswerTooLate,
    Garbage,
    StartsLate,
    DeliveredTwice,
    RecordIdsChange,
    BatchCutAnew,

    // A call of a function to a service.
    CallThrottled,
    EntryFails,
    EntryRefused,
    AnswerLost,
    SlowBefore,
    SlowAfter,
    ServiceDown,
    WholeCallRefused,
    FailsForEver,

    // What services do by themselves: DynamoDB cancels transactions that meet, and splits a shard of the table's stream.
    TransactionsMeet,
    ShardSplits,

    // A call of the services themselves: bucket, on-failure destination, the rule's dead-letter queue, the queue's mapping.
    ServiceCallFails,
    PlaceRefuses,
    DeleteFails,

    // The machine and its people.
    HostKilled,
    HostRestarted,
    ClockJumps,
    OperatorActs,
    ProducerSendsAgain,
}

/// <summary>The place of a fault.</summary>
internal enum Hop
{
    Producer,
    Transformer,
    EventStorer,
    Emitter,
    Responder,
    Queue,
    Payloads,
    Store,
    Quarantine,
    DeadLetters,
    Bus,
    View,
    Bucket,
    OnFailure,
    RuleDeadLetters,
    Host,
    Operator,
}

/// <summary>The kinds of runs.</summary>
internal enum FaultMix
{
    /// <summary>Any faults at any rate.</summary>
    Any,

    None,

    /// <summary>Only faults with known victims: outages that the path must outlast, and entries for which whole calls are refused.</summary>
    OfKnownVictims,

    /// <summary>One stream or one service fails until all other work is done.</summary>
    OneForEver,
}
