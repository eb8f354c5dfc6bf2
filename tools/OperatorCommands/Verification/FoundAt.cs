namespace DataToEvents.Operator.Verification;

/// <summary>The hops at which an event can be found.</summary>
internal enum FoundAt
{
    Lake = 1,
    Store,

    /// <summary>The bus, by its copy in the audit queue.</summary>
    Bus,

    /// <summary>Delivered: the consumer's view has taken it in.</summary>
    View,

    /// <summary>Set aside.</summary>
    Aside,

    /// <summary>Firehose set it aside, and an operator has sent it in again since.</summary>
    Recovered,
}
