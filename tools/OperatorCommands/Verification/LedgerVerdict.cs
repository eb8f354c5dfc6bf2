namespace DataToEvents.Operator.Verification;

/// <summary>The faults that an event can have.</summary>
internal enum Trouble
{
    Lost,
    Doubled,
    OutOfOrder,
    Altered,
    SetAside,
}

/// <summary>The result of comparing evidence and ledger.</summary>
internal sealed class LedgerVerdict
{
    /// <summary>How many findings of a kind are named. All are counted.</summary>
    private readonly int _named;

    private readonly List<string> _merged = [];

    private readonly Dictionary<Trouble, (long Count, List<string> Named)> _findings = Enum.GetValues<Trouble>().ToDictionary(trouble => trouble, _ => (0L, new List<string>()));

    public LedgerVerdict(int named) => _named = named;

    public long Records { get; set; }

    public long Events { get; set; }

    /// <summary>Effects that have to be there.</summary>
    public long Effects { get; set; }

    /// <summary>Accepted copies beyond the first.</summary>
    public long Duplicates { get; set; }

    /// <summary>Records that the target did not take.</summary>
    public long Refused { get; set; }

    public SortedDictionary<FoundAt, long> Found { get; } = [];

    /// <summary>Lines of the lake beyond one a copy that was accepted. Firehose delivers at least once.</summary>
    public long ExtraLakeLines { get; set; }

    /// <summary>Poison that was set aside, by place. That is where it belongs.</summary>
    public SortedDictionary<string, long> PoisonSetAside { get; } = new(StringComparer.Ordinal);

    /// <summary>Poison by kind and where it ended.</summary>
    public SortedDictionary<string, long> Poison { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Unreadable { get; set; } = [];

    /// <summary>The ledger has no end: its run was killed.</summary>
    public bool LedgerBreaksOff { get; set; }

    /// <summary>Dead letters that SQS does not show. A lost event may be among them.</summary>
    public long HiddenDeadLetters { get; set; }

    /// <summary>Copies in the audit queue that SQS does not show. If there are any, no event counts as lost because its copy is missing.</summary>
    public long HiddenCopies { get; set; }

    public IReadOnlyList<(string Hop, LatencyHistogram Latency)> Latencies { get; set; } = [];

    /// <summary>Records without an id that became one event with another record of the same bytes; see "What is not promised" in docs/reliability.md.</summary>
    public long Merged { get; private set; }

    public IReadOnlyList<string> MergedNamed => _merged;

    public bool IsClean => _findings.Values.All(finding => finding.Count == 0) && Unreadable.Count == 0;

    public void AddMerged(string what)
    {
        Merged++;
        if (_merged.Count < _named)
        {
            _merged.Add(what);
        }
    }

    public void Add(Trouble trouble, string what)
    {
        var (count, named) = _findings[trouble];
        if (count < _named)
        {
            named.Add(what);
        }

        _findings[trouble] = (count + 1, named);
    }

    public long Count(Trouble trouble) => _findings[trouble].Count;

    public IReadOnlyList<string> Named(Trouble trouble) => _findings[trouble].Named;
}
