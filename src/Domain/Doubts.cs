namespace DataToEvents.Domain;

/// <summary>The kinds of trouble that do not stop a record: it is carried with all its bytes, and counted.</summary>
public enum DoubtKind
{
    /// <summary>No entry of the catalog matches. Records that are not JSON are among them.</summary>
    Unclassified,

    /// <summary>The record is no JSON: an event of text or bytes.</summary>
    NotJson,

    /// <summary>The catalog says where the time is, but what is there cannot be read: the event has the time of its arrival.</summary>
    TimeUnusable,

    /// <summary>The record says that it is a CloudEvent, but breaks the specification: it is carried as data.</summary>
    InvalidCloudEvent,
}

/// <param name="Kind">The kind of trouble.</param>
/// <param name="Reason">Tells people the reason for the first event. It never quotes a value of a record.</param>
/// <param name="Count">The number of events.</param>
public sealed record Doubt(DoubtKind Kind, string Reason, long Count);

/// <summary>Counts the doubtful events of a batch.</summary>
public sealed class Doubts
{
    private static readonly DoubtKind[] Kinds = Enum.GetValues<DoubtKind>();

    private readonly long[] _counts = new long[Kinds.Length];
    private readonly string?[] _reasons = new string?[Kinds.Length];

    public IEnumerable<Doubt> All => Kinds.Where(kind => this[kind] > 0).Select(kind => new Doubt(kind, _reasons[(int)kind]!, this[kind]));

    public long this[DoubtKind kind] => _counts[(int)kind];

    internal void Add(DoubtKind kind, string reason)
    {
        _counts[(int)kind]++;
        _reasons[(int)kind] ??= reason;
    }
}
