namespace DataToEvents.Simulation.Faults;

/// <summary>What can go wrong. Each run has some of them, each with a rate of its own.</summary>
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

/// <summary>Where it goes wrong.</summary>
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

/// <summary>What mix a run has.</summary>
internal enum FaultMix
{
    /// <summary>Any faults at any rate.</summary>
    Any,

    None,

    /// <summary>Only faults of which it is known whom they may harm: outages that the path has to outlast, and entries for which whole calls are refused.</summary>
    OfKnownVictims,

    /// <summary>One stream, or one service, fails until all else is done.</summary>
    OneForEver,
}
