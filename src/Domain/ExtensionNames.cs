using System.Collections.Immutable;

namespace DataToEvents.Domain;

/// <summary>
/// Our CloudEvents extensions. All begin with a prefix of their own, so that a producer's extensions keep their names. Those of <see cref="OfTheWay"/> are
/// written by the path only: a record that brings one is not read as a CloudEvent, it is carried as other data, with all that it says.
/// </summary>
public static class ExtensionNames
{
    /// <summary>When the delivery stream accepted the record (RFC 3339, ms).</summary>
    public const string AcceptedTime = "dteacceptedtime";

    /// <summary>Added when an event is published: the queue's sequence number, which orders a stream's events for consumers of an unordered bus.</summary>
    public const string Sequence = "dtesequence";

    /// <summary>The producer's own number of the event in its stream, by the catalog's <c>sequence</c>: 1 to 40 digits. Consumers order the stream's events by it.</summary>
    public const string ProducerSequence = "dteproducersequence";

    /// <summary>Added when an operator publishes an event again: the name of that run.</summary>
    public const string Replay = "dtereplay";

    /// <summary>SHA-256 of the payload without its volatile members, base64url; events with it are compared by it in place of the payload.</summary>
    public const string Content = "dtecontent";

    /// <summary>Says what happens to an event with the same key and other content. <see cref="First"/> drops it; without the extension it goes into quarantine.</summary>
    public const string Conflict = "dteconflict";

    /// <summary>A value of <see cref="Conflict"/>: the event that was stored first stands, any other counts as a duplicate.</summary>
    public const string First = "first";

    /// <summary>In an event that was released from quarantine: the id under which it came.</summary>
    public const string ConflictsWith = "dteconflictswith";

    /// <summary>The reference to a stored payload in an event whose producer has a <c>dataref</c> of its own. All other events have it in <c>dataref</c>.</summary>
    public const string DataRef = "dtedataref";

    /// <summary>The extensions that no producer may send.</summary>
    public static ImmutableArray<string> OfTheWay { get; } = [AcceptedTime, Sequence, Replay, Content, Conflict];
}
