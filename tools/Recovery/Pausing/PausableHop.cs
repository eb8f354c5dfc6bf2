namespace DataToEvents.Recovery.Pausing;

/// <summary>The hops that `pause` knows.</summary>
internal enum PausableHop
{
    /// <summary>From the delivery stream; it cannot be paused.</summary>
    Transformer,

    /// <summary>From the queue.</summary>
    Storer,

    /// <summary>From the table's stream.</summary>
    Emitter,

    /// <summary>From the bus, with or without a queue between.</summary>
    Consumer,

    /// <summary>The consumer's HTTP API.</summary>
    Api,
}
