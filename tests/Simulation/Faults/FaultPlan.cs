using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.Faults;

/// <summary>
/// The faults of a run. As in swarm testing, a random share of all pairs of fault and hop is switched on, each with its own rate, because
/// runs in which everything fails never reach states in which one part fails and another works.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly double[] Rates = [0.01, 0.03, 0.1, 0.3];
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();
    private static readonly Hop[] Hops = Enum.GetValues<Hop>();

    private readonly double[,] _rates = new double[Kinds.Length, Hops.Length];
    private readonly Dictionary<Hop, TimeSpan> _downUntil = [];
    private readonly Dictionary<Hop, TimeSpan> _downSince = [];
    private readonly HashSet<(Hop, string)> _refused = [];
    private readonly HashSet<(Hop, string)> _refusedTogether = [];
    private readonly bool _refusesEntries;
    private readonly Random _random;
    private readonly Trace _trace;
    private readonly ShrinkTo _only;
    private int _drawn;

    public FaultPlan(Random random, FaultMix mix, Trace trace, ShrinkTo only)
    {
        (FaultMix, _random, _trace, _only) = (mix, random, trace, only);
        _refusesEntries = random.Next(2) == 0;
        var share = mix == FaultMix.Any ? random.NextDouble() * 0.8 : 0;
        var highest = Rates[random.Next(Rates.Length)];
        if (mix == FaultMix.OfKnownVictims)
        {
            foreach (var hop in new[] { Hop.Queue, Hop.Store, Hop.Bus, Hop.View })
            {
                _rates[(int)Fault.ServiceDown, (int)hop] = random.Next(2) == 0 && only.Allows(Fault.ServiceDown, hop) ? 0.3 : 0;
                _rates[(int)Fault.WholeCallRefused, (int)hop] = random.Next(2) == 0 && only.Allows(Fault.WholeCallRefused, hop) ? 0.06 : 0;
            }

            return;
        }

        if (only.Alone is { } alone)
        {
            foreach (var hop in Hops.Where(hop => only.AloneAt is null || only.AloneAt == hop))
            {
                _rates[(int)alone, (int)hop] = highest;
            }

            return;
        }

        foreach (var kind in Kinds)
        {
            var off = random.Next(3) == 0;
            foreach (var hop in Hops)
            {
                var rate = Math.Min(highest, Rates[random.Next(Rates.Length)]);
                _rates[(int)kind, (int)hop] = random.NextDouble() >= share || off || only.Without.Contains(kind) ? 0 : rate;
            }
        }
    }

    public FaultMix FaultMix { get; }

    /// <summary>The streams of entries for which whole calls are refused. Null stands for streams that the path names.</summary>
    public HashSet<string?> Victims { get; } = [];

    /// <summary>The time at which the last service is up again.</summary>
    public TimeSpan UpAgain => _downUntil.Values.DefaultIfEmpty().Max();

    /// <summary>Whether faults happen. It is false after the run, while the path recovers.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>The number of faults that happened, by kind.</summary>
    public int[] Counts { get; } = new int[Kinds.Length];

    /// <summary>Where each kind of fault happened.</summary>
    public HashSet<(Fault Kind, Hop Hop)> Places { get; } = [];

    public int Injected => Counts.Sum();

    /// <summary>The numbers of the faults that happened, for the shrinker.</summary>
    public List<int> Numbers { get; } = [];

    public double Rate(Fault kind, Hop hop) => _rates[(int)kind, (int)hop];

    public bool IsDown(Hop hop, TimeSpan now) => _downUntil.Count > 0 && _downUntil.GetValueOrDefault(hop) > now;

    /// <summary>Whether a run of known victims has had its one outage of the hop.</summary>
    public bool HasBeenDown(Hop hop) => _downUntil.ContainsKey(hop);

    public void TakeDown(Hop hop, TimeSpan now, TimeSpan duration)
    {
        _downSince[hop] = IsDown(hop, now) ? _downSince[hop] : now;
        _downUntil[hop] = now + duration;
    }

    /// <summary>How long a service that is down has been down. One that fails for ever counts from the start of the run.</summary>
    public TimeSpan HasBeenDownFor(Hop hop, TimeSpan now) => now - _downSince.GetValueOrDefault(hop);

    /// <summary>The calls that fail until <see cref="Heal"/>: those of one hop for one stream, or for all streams. Null if none fail.</summary>
    public (Hop Hop, string? Stream)? ForEver { get; private set; }

    public void FailForEver(Hop hop, string? stream)
    {
        if (Happens(Fault.FailsForEver, hop))
        {
            ForEver = (hop, stream);
            _downUntil[hop] = stream is null ? TimeSpan.MaxValue : TimeSpan.Zero;
        }
    }

    public bool FailsForEver(Hop hop, string stream) => ForEver is { } failing && failing.Hop == hop && failing.Stream == stream;

    public void Heal()
    {
        ForEver = null;
        _downUntil.Clear();
    }

    /// <summary>Whether a call is refused as a whole because of one of its entries. The same entry is refused again until all are pardoned.</summary>
    /// <param name="hop">The service.</param>
    /// <param name="entries">The stream and the id of each entry.</param>
    public bool RefusesWhole(Hop hop, IReadOnlyList<(string Stream, string Id)> entries)
    {
        var refused = false;
        foreach (var (stream, id) in entries)
        {
            if (IsActive && !_refused.Contains((hop, id)) && Hits(Fault.WholeCallRefused, hop))
            {
                _refused.Add((hop, id));
                Victims.Add(IsOfThePath(stream) ? null : stream);
            }

            refused |= _refused.Contains((hop, id));
        }

        if (refused && entries.Count > 1)
        {
            _refusedTogether.UnionWith(entries.Select(entry => (hop, entry.Id)));
        }

        return refused;
    }

    /// <summary>Whether an entry was in a call of several that was refused as a whole.</summary>
    public bool WasRefusedWithOthers(Hop hop, string id) => _refusedTogether.Contains((hop, id));

    /// <summary>Whether the path chooses the stream's name. The producer of such a record gives none.</summary>
    private static bool IsOfThePath(string stream) =>
        stream.StartsWith("unclassified", StringComparison.Ordinal) || stream.StartsWith("no-subject", StringComparison.Ordinal);

    /// <summary>From now on, no call is refused because of an entry.</summary>
    public void Pardon() => _refused.Clear();

    /// <summary>Whether a refused call is answered entry by entry, each of them refused, or with an error of the call.</summary>
    public bool RefusesEntryByEntry => _refusesEntries;

    public bool Hits(Fault kind, Hop hop)
    {
        var rate = _rates[(int)kind, (int)hop];
        return IsActive && rate > 0 && _random.NextDouble() < rate && Happens(kind, hop);
    }

    /// <summary>Counts a fault that is due. False if this run leaves it out.</summary>
    public bool Happens(Fault kind, Hop hop)
    {
        var number = _drawn++;
        if (!IsActive || (_only.Faults is { } kept && !kept.Contains(number)))
        {
            return false;
        }

        Counts[(int)kind]++;
        Places.Add((kind, hop));
        Numbers.Add(number);
        _trace.Add(hop.ToString(), $"*** {kind}");
        return true;
    }

    public int Draw(int below) => _random.Next(below);

    /// <summary>From milliseconds to about a minute and a half, which is longer than a function's time and the visibility timeout.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Math.Pow(10, 1 + (_random.NextDouble() * 3.95)));
}

/// <summary>The part of a run that is left after shrinking.</summary>
/// <param name="Without">The kinds of faults that are switched off.</param>
/// <param name="Faults">The numbers of the faults that may happen; null allows all.</param>
/// <param name="Puts">The numbers of the producers' calls that are made; null makes all.</param>
internal sealed record ShrinkTo(IReadOnlySet<Fault> Without, IReadOnlySet<int>? Faults, IReadOnlySet<int>? Puts)
{
    public static ShrinkTo Nothing { get; } = new(new HashSet<Fault>(), null, null);

    /// <summary>Null: the run draws one.</summary>
    public FaultMix? Mix { get; init; }

    /// <summary>The only kind of fault; null: all.</summary>
    public Fault? Alone { get; init; }

    /// <summary>The only place of that fault; null: all.</summary>
    public Hop? AloneAt { get; init; }

    /// <summary>Only one kind of fault, in the mix in which it harms those whom it may harm and no others, if there is one.</summary>
    public static ShrinkTo Only(Fault kind, Hop? at = null) => Nothing with
    {
        Mix = kind switch
        {
            Fault.ServiceDown or Fault.WholeCallRefused => FaultMix.OfKnownVictims,
            Fault.FailsForEver => FaultMix.OneForEver,
            _ => FaultMix.Any,
        },
        Alone = kind,
        AloneAt = at,
    };

    public bool Allows(Fault kind, Hop hop) => !Without.Contains(kind) && (Alone is null || Alone == kind) && (AloneAt is null || AloneAt == hop);
}
