using DataToEvents.Simulation.Faults;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.Oracle;
using DataToEvents.Simulation.States;
using DataToEvents.Simulation.Workload;
using DataToEvents.Simulation.World;

namespace DataToEvents.Simulation.Runs;

/// <param name="Seed">The seed of all random choices.</param>
/// <param name="Hash">The hash of its trace.</param>
/// <param name="Events">The number of events that producers sent.</param>
/// <param name="Counts">The number of faults that happened, by kind.</param>
/// <param name="FaultNumbers">The numbers of the faults that happened.</param>
/// <param name="PutNumbers">The numbers of the producers' calls.</param>
/// <param name="Violations">The broken promises; empty if all hold.</param>
internal sealed record RunResult(
    long Seed, ulong Hash, int Events, int[] Counts, IReadOnlyList<int> FaultNumbers, IReadOnlyList<int> PutNumbers, IReadOnlyList<string> Violations)
{
    public int Faults => Counts.Sum();

    /// <summary>Where each kind of fault happened.</summary>
    public IReadOnlySet<(Fault Kind, Hop Hop)> Places { get; init; } = new HashSet<(Fault, Hop)>();

    /// <summary>The states that the run was in.</summary>
    public IReadOnlySet<State> States { get; init; } = new HashSet<State>();
}

/// <summary>One life of the path: mix, recovery, judgement. A pure function of its seed.</summary>
internal sealed class Run
{
    /// <summary>The time in which all must be done.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>
    /// The same if calls were refused for an entry. Its message is received up to a hundred times, three minutes apart, and the messages of a group wait for each other:
    /// each copy of the event takes five hours.
    /// </summary>
    private static readonly TimeSpan LongestWithVictims = TimeSpan.FromHours(48);

    /// <summary>In which all others must be done while one stream or service fails: the change stream is read in order, so a change behind ten that fail waits for their retries.</summary>
    private static readonly TimeSpan OthersTime = TimeSpan.FromHours(3);
    private static readonly Hop[] ServicesThatFail = [Hop.Queue, Hop.Store, Hop.Bus, Hop.View];

    private readonly SimulatedClock _clock = new();
    private readonly Random _moments;
    private readonly List<Put> _puts;
    private readonly FaultPlan _plan;
    private readonly Trace _trace;
    private readonly PathWorld _world;
    private readonly Ledger _ledger = new();
    private readonly Operators _operators;
    private readonly Strangers _strangers;
    private readonly int _strangersToCome;
    private readonly SimulatedThread _thread;
    private readonly long _seed;
    private readonly List<string> _violations = [];
    private readonly List<Task> _acts = [];

    private Run(long seed, Mutant mutant, ShrinkTo only, TextWriter? lines)
    {
        _seed = seed;
        var seeds = new Random(HashOf(seed));
        Random Next() => new(seeds.Next());
        _trace = new Trace(_clock, lines);
        var drawn = TroubleOf(Next());
        var mix = only.Mix ?? drawn;
        var settings = new Settings(Next(), mix);
        _plan = new FaultPlan(Next(), mix, _trace, only);
        _puts = SendingPlan.Draw(Next()).FindAll(put => only.Puts?.Contains(put.Number) != false);
        _moments = Next();
        _world = new PathWorld(_clock, _trace, _plan, settings, Next(), mutant);
        _operators = new Operators(_world, _ledger);
        _strangers = new Strangers(_world, Next());
        _strangersToCome = _moments.Next(4) == 0 ? _moments.Next(1, 4) : 0;
        var shuffle = Next();
        _thread = new SimulatedThread(_clock, settings.Shuffles ? shuffle : null);
    }

    public static RunResult Of(long seed, Mutant? mutant = null, ShrinkTo? only = null, TextWriter? lines = null) =>
        new Run(seed, mutant ?? Mutant.None, only ?? ShrinkTo.Nothing, lines).Go();

    private RunResult Go()
    {
        try
        {
            _thread.Run(LiveAsync);
        }
#pragma warning disable CA1031 // Not swallowed: what ends a run is its violation.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _violations.Add($"broken: {(fault is SimulationException ? fault.Message : fault)}");
        }

        _violations.ForEach(violation => _trace.Add("Judge", violation));
        return new RunResult(_seed, _trace.Hash, _ledger.Events.Count, _plan.Counts, _plan.Numbers, [.. _puts.Select(put => put.Number)], _violations) { States = _world.Reached.All, Places = _plan.Places };
    }

    private async Task LiveAsync()
    {
        await _world.StartAsync();
        if (_plan.FaultMix == FaultMix.OneForEver)
        {
            FailForEver();
        }

        await Task.WhenAll(new Producers(_world, _ledger).SendAsync(_puts), TroubleAsync(), StrangersAsync());
        await OthersFinishAsync();
        _plan.IsActive = false;
        _trace.Add("Run", "the faults are over");
        await DrainAsync();
        await JudgeAsync(final: false);
        _plan.Pardon();
        for (var round = 0; round < 3; round++)
        {
            await _operators.BringBackAsync();
            await DrainAsync();
        }

        await JudgeAsync(final: true);
        await _world.DisposeAsync();
    }

    /// <summary>Draws the stream or the service that fails for ever.</summary>
    private void FailForEver()
    {
        var hop = ServicesThatFail[_moments.Next(ServicesThatFail.Length)];
        List<string?> streams = [null, .. _puts.SelectMany(put => put.Records).SelectMany(record => record.Events).Select(sent => sent.Stream).Where(stream => stream is not null).Distinct()];
        _plan.FailForEver(hop, streams[_moments.Next(4) == 0 ? 0 : _moments.Next(streams.Count)]);
    }

    private async Task OthersFinishAsync()
    {
        var deadline = _clock.Elapsed + OthersTime;
        for (var pause = TimeSpan.FromSeconds(10); _plan.ForEver is { } failing; pause *= 2)
        {
            var host = await _world.HostAsync();
            if (Liveness.Unfinished(_ledger, await WorldPlaces.LookAsync(_world, host, _ledger), _strangers, failing) is not { } sent)
            {
                _world.Reached.Add(State.OthersFinished);
                _plan.Heal();
            }
            else if (_clock.Elapsed > deadline)
            {
                _violations.Add($"stuck: {failing.Hop} fails for {failing.Stream ?? "all"}, and so {sent.Name} has not got as far as it can");
                _plan.Heal();
            }
            else
            {
                await Task.Delay(pause, _clock);
            }
        }
    }

    /// <summary>What happens to the machine as a whole, in the time in which the producers send.</summary>
    private async Task TroubleAsync()
    {
        var span = TimeSpan.FromMilliseconds(_puts.GroupBy(put => put.Producer).Select(own => own.Sum(put => put.Pause.TotalMilliseconds)).DefaultIfEmpty().Max());
        for (var step = 0; step < 10; step++)
        {
            await Task.Delay((span / 10 * _moments.NextDouble() * 2) + TimeSpan.FromMilliseconds(_moments.Next(400)), _clock);
            await StepAsync(_moments.Next(), _moments.NextDouble());
        }

        await Task.WhenAll(_acts);
    }

    private async Task StepAsync(int draw, double size)
    {
        if (_plan.Hits(Fault.HostKilled, Hop.Host))
        {
            await _world.KillAsync();
        }

        if (_plan.Hits(Fault.HostRestarted, Hop.Host))
        {
            await _world.RestartAsync();
        }

        foreach (var hop in ServicesThatFail)
        {
            if ((_plan.FaultMix != FaultMix.OfKnownVictims || !_plan.HasBeenDown(hop)) && _plan.Hits(Fault.ServiceDown, hop))
            {
                _plan.TakeDown(hop, _clock.Elapsed, _world.Settings.Outage(hop, _moments.NextDouble()));
            }
        }

        if (_plan.Hits(Fault.ClockJumps, Hop.Host))
        {
            _world.Reached.AddIf(draw % 3 == 0 && _world.IsAtWork, State.ClockSetBackAtWork);
            _clock.Jump(TimeSpan.FromSeconds((draw % 3 == 0 ? -60 : 3_600) * size));
        }

        if (_plan.Hits(Fault.OperatorActs, Hop.Operator))
        {
            // Not awaited: the host may end in the middle of it.
            _acts.Add(_operators.ActAsync(draw));
        }
    }

    private async Task StrangersAsync()
    {
        for (var number = 0; number < _strangersToCome; number++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_moments.Next(3_000)), _clock);
            await _strangers.ComeAsync(number);
        }
    }

    private async Task DrainAsync()
    {
        var deadline = _clock.Elapsed + (_plan.Victims.Count > 0 ? LongestWithVictims : Longest);
        var pause = TimeSpan.FromSeconds(1);
        await Task.Delay(_plan.UpAgain > _clock.Elapsed ? _plan.UpAgain - _clock.Elapsed : TimeSpan.Zero, _clock);
        for (var quiet = 0; quiet < 2;)
        {
            var host = await _world.HostAsync();
            await Task.WhenAny(host.Stream.FlushAsync(), host.Life.Died);
            quiet = !host.Life.IsOver && host.Pending == 0 ? quiet + 1 : 0;
            if (_clock.Elapsed > deadline)
            {
                throw new SimulationException($"The path does not drain: {host.Stream.Stats.BufferedRecords} records, {host.Queue.Stats.Depth} messages, {host.Source.Stats.Behind} changes, {host.Bus.Stats.Pending} events, {host.Functions.All.Sum(function => function.Running)} invocations are left.");
            }

            await Task.Delay(pause, _clock);
            pause = TimeSpan.FromSeconds(Math.Min(60, pause.TotalSeconds * 1.5));
        }
    }

    private async Task JudgeAsync(bool final)
    {
        var host = await _world.HostAsync();
        await _operators.NoteAsync(host);
        _world.NoteCountersOf(host);
        var places = await WorldPlaces.LookAsync(_world, host, _ledger);
        _violations.AddRange(new Judge(_ledger, places, _strangers, _world.Settings, _plan, _world.NotReplayed, _world.Reached, final).Violations().Except(_violations));
    }

    private static FaultMix TroubleOf(Random random) => random.Next(12) switch
    {
        0 => FaultMix.None,
        1 or 2 => FaultMix.OfKnownVictims,
        3 => FaultMix.OneForEver,
        _ => FaultMix.Any,
    };

    private static int HashOf(long seed)
    {
        // SplitMix64's finaliser, so that neighbouring seeds give unrelated runs.
        var value = (ulong)seed + 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return (int)((value ^ (value >> 31)) & int.MaxValue);
    }
}
