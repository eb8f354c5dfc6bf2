namespace DataToEvents.Simulation.Workload;

/// <summary>An event as its producer knows it, and what is known of its acceptance.</summary>
/// <param name="Content">See <see cref="ContentOf"/>: what makes it another event than those of the same id.</param>
/// <param name="Stream">Null: the producer leaves it to the path.</param>
/// <param name="Id">Null: the producer gives none.</param>
/// <param name="IsPoison">No function can take it.</param>
/// <param name="Data">Its payload as a member of a CloudEvent, if it was sent as one.</param>
/// <param name="Number">Its producer's number in the stream: digits. Null: it has none.</param>
internal sealed record Sent(string Content, string? Stream, string? Id, bool IsPoison = false, CloudEventData? Data = null, string? Number = null)
{
    /// <summary>The first record id that it was acknowledged with: ids grow with arrival.</summary>
    public string? Arrival { get; private set; }

    /// <summary>How often it was acknowledged, in how many milliseconds, and how often nobody knows.</summary>
    public int Accepted { get; private set; }

    public HashSet<long> Milliseconds { get; } = [];

    public int Uncertain { get; set; }

    /// <summary>It lay in one of the places for what could not go on, at some time.</summary>
    public bool WasSetAside { get; set; }

    /// <summary>The id under which an operator released it from quarantine.</summary>
    public string? ReleasedId { get; set; }

    /// <summary>For people.</summary>
    public string Name => Id is null ? new string([.. Content.Take(60).Select(c => c is >= ' ' and <= '~' ? c : '.')]) : $"{Stream}/{Id}";

    public void Accept(string recordId, long milliseconds)
    {
        Accepted++;
        Milliseconds.Add(milliseconds);
        Arrival = Arrival is null || string.CompareOrdinal(recordId, Arrival) < 0 ? recordId : Arrival;
    }

    /// <summary>The last member of an order, which the catalog calls volatile.</summary>
    public const string Attempt = ",\"attempt\":";

    /// <summary>Source, type and the payload's bytes, one character a byte, of an order without its volatile member.</summary>
    public static string ContentOf(string source, string type, ReadOnlySpan<byte> payload)
    {
        var text = Encoding.Latin1.GetString(payload);
        return $"{source} {type} {(type == "order" && text.LastIndexOf(Attempt, StringComparison.Ordinal) is > 0 and var end ? text[..end] : text)}";
    }
}

/// <param name="Payload">The payload's bytes.</param>
/// <param name="Member">The member that holds it, as JSON.</param>
internal sealed record CloudEventData(byte[] Payload, string Member);

/// <param name="Bytes">As the producer puts it.</param>
/// <param name="Events">None: the catalog drops it.</param>
internal sealed record SentRecord(byte[] Bytes, IReadOnlyList<Sent> Events);

/// <summary>A call of a producer, or something that strangers put where it does not belong.</summary>
/// <param name="Number">Of the call.</param>
/// <param name="Producer">Its calls come one after another.</param>
/// <param name="Pause">Before it.</param>
/// <param name="Records">In order.</param>
internal sealed record Put(int Number, int Producer, TimeSpan Pause, IReadOnlyList<SentRecord> Records);

/// <summary>Everything that was sent.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, Sent> _byContent = [];
    private readonly Dictionary<string, SentRecord> _byBytes = [];

    public IReadOnlyCollection<Sent> Events => _byContent.Values;

    public void Add(SentRecord record)
    {
        _byBytes.TryAdd(Encoding.Latin1.GetString(record.Bytes), record);
        foreach (var item in record.Events)
        {
            _byContent.TryAdd(item.Content, item);
        }
    }

    public IReadOnlyCollection<SentRecord> Records => _byBytes.Values;

    public Sent? Find(string content) => _byContent.GetValueOrDefault(content);

    public SentRecord? FindRecord(ReadOnlySpan<byte> bytes) => _byBytes.GetValueOrDefault(Encoding.Latin1.GetString(bytes));
}
