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

    // A call of a function to a service.
    CallThrottled,
    EntryFails,
    EntryRefused,
    AnswerLost,
    SlowBefore,
    SlowAfter,

    // A call of the services themselves: bucket, on-failure destination, the rule's dead-letter queue.
    ServiceCallFails,

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
