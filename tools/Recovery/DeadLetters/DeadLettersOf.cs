namespace DataToEvents.Recovery.DeadLetters;

/// <summary>The places whose dead letters the operator knows.</summary>
internal enum DeadLettersOf
{
    /// <summary>The queue: what the EventStorer did not store.</summary>
    Queue,

    /// <summary>The rule's target: what the consumer did not take.</summary>
    Rule,

    /// <summary>The bus itself: what it could not encrypt or decrypt with the customer's key.</summary>
    Bus,
}
