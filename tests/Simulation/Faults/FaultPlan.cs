using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.Faults;

/// <summary>
/// Which faults a run has. Swarm testing: a random share of all pairs of fault and hop is switched on, each with its own rate, because
/// runs in which everything fails all the time never reach the states that need one thing to fail and another to work.
/// </summary>
internal sealed class FaultPlan
{
    private static readonly double[] Rates = [0.01, 0.03, 0.1, 0.3];
    private static readonly Fault[] Kinds = Enum.GetValues<Fault>();
    private static readonly Hop[] Hops = Enum.GetValues<Hop>();

    private readonly double[,] _rates = new double[Kinds.Length, Hops.Length];
    private readonly Dictionary<Hop, TimeSpan> _downUntil = [];
    private readonly HashSet<(Hop, string)> _refused = [];
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
                _rates[(int)Fault.ServiceDown, (int)hop] = random.Next(2) == 0 && !only.Without.Contains(Fault.ServiceDown) ? 0.3 : 0;
                _rates[(int)Fault.WholeCallRefused, (int)hop] = random.Next(2) == 0 && !only.Without.Contains(Fault.WholeCallRefused) ? 0.06 : 0;
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

    /// <summary>Streams of the entries for which whole calls are refused; null stands for those that the path names.</summary>
    public HashSet<string?> Victims { get; } = [];

    /// <summary>When the last of the services is up again.</summary>
    public TimeSpan UpAgain => _downUntil.Values.DefaultIfEmpty().Max();

    /// <summary>Off after the run, when the path is to recover.</summary>
    public bool IsActive { get; set; } = true;

    /// <summary>Faults that did happen, by kind.</summary>
    public int[] Counts { get; } = new int[Kinds.Length];

    public int Injected => Counts.Sum();

    /// <summary>The numbers of the faults that happened, to shrink by.</summary>
    public List<int> Numbers { get; } = [];

    public double Rate(Fault kind, Hop hop) => _rates[(int)kind, (int)hop];

    public bool IsDown(Hop hop, TimeSpan now) => _downUntil.Count > 0 && _downUntil.GetValueOrDefault(hop) > now;

    /// <summary>Whether a run of known victims has had its one outage of the hop.</summary>
    public bool HasBeenDown(Hop hop) => _downUntil.ContainsKey(hop);

    public void TakeDown(Hop hop, TimeSpan until) => _downUntil[hop] = until;

    /// <summary>What fails until <see cref="Heal"/>: calls of one hop for one stream, or all of them; null: nothing.</summary>
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
    /// <param name="entries">Stream and id of each entry.</param>
    public bool RefusesWhole(Hop hop, IEnumerable<(string Stream, string Id)> entries)
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

        return refused;
    }

    /// <summary>Streams that the path chooses: their producers know of none.</summary>
    private static bool IsOfThePath(string stream) =>
        stream.StartsWith("unclassified", StringComparison.Ordinal) || stream.StartsWith("no-subject", StringComparison.Ordinal);

    /// <summary>The entries for which calls were refused are taken from now on.</summary>
    public void Pardon() => _refused.Clear();

    /// <summary>Whether a refused call is answered entry by entry, each of them refused, or with an error of the call.</summary>
    public bool RefusesEntryByEntry => _refusesEntries;

    public bool Hits(Fault kind, Hop hop)
    {
        var rate = _rates[(int)kind, (int)hop];
        return IsActive && rate > 0 && _random.NextDouble() < rate && Happens(kind, hop);
    }

    /// <summary>A fault that is due; false when this run is to do without it.</summary>
    public bool Happens(Fault kind, Hop hop)
    {
        var number = _drawn++;
        if (!IsActive || (_only.Faults is { } kept && !kept.Contains(number)))
        {
            return false;
        }

        Counts[(int)kind]++;
        Numbers.Add(number);
        _trace.Add(hop.ToString(), $"*** {kind}");
        return true;
    }

    public int Draw(int below) => _random.Next(below);

    /// <summary>From a blink to about a minute and a half: longer than a function or a visibility timeout lasts.</summary>
    public TimeSpan Delay() => TimeSpan.FromMilliseconds(Math.Pow(10, 1 + (_random.NextDouble() * 3.95)));
}

/// <summary>What is left of a run after shrinking.</summary>
/// <param name="Without">Kinds of faults that are switched off.</param>
/// <param name="Faults">Numbers of the faults that may happen; null: all.</param>
/// <param name="Puts">Numbers of the producers' calls that are made; null: all.</param>
internal sealed record ShrinkTo(IReadOnlySet<Fault> Without, IReadOnlySet<int>? Faults, IReadOnlySet<int>? Puts)
{
    public static ShrinkTo Nothing { get; } = new(new HashSet<Fault>(), null, null);
}
