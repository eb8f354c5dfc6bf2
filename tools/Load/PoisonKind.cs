namespace DataToEvents.Load;

/// <summary>The faults that a record can have. Each names the place where the path puts such a record.</summary>
public enum PoisonKind
{
    /// <summary>Text that breaks off: carried as text.</summary>
    NotJson,

    /// <summary>Bytes that are no text: carried as base64.</summary>
    BrokenUtf8,

    /// <summary>No bytes at all: carried as an empty text.</summary>
    Empty,

    /// <summary>Deeper than EventBridge takes: carried as base64.</summary>
    Deep,

    /// <summary>Over the inline limit: carried by reference (claim check).</summary>
    Large,

    /// <summary>Over what Firehose takes in a record: refused at the endpoint.</summary>
    Oversize,

    /// <summary>Many events whose envelopes do not fit one answer of the Transformer: set aside as processing-failed.</summary>
    Unfit,
}

/// <summary>How poison kinds are written on the command line and in the ledger.</summary>
public static class PoisonNames
{
    private static readonly (string Name, PoisonKind Kind)[] All =
    [
        ("not-json", PoisonKind.NotJson), ("broken-utf8", PoisonKind.BrokenUtf8), ("empty", PoisonKind.Empty), ("deep", PoisonKind.Deep),
        ("large", PoisonKind.Large), ("oversize", PoisonKind.Oversize), ("unfit", PoisonKind.Unfit),
    ];

    public static IEnumerable<string> Names => All.Select(pair => pair.Name);

    public static string Name(this PoisonKind kind) => All.Single(pair => pair.Kind == kind).Name;

    public static PoisonKind? Find(string name) => All.Where(pair => pair.Name == name).Select(pair => (PoisonKind?)pair.Kind).FirstOrDefault();
}
