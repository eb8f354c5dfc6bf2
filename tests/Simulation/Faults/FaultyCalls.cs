using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.States;

namespace DataToEvents.Simulation.Faults;

/// <summary>Calls from inside a sandbox to one service, over a network that may lose, delay or refuse them.</summary>
/// <param name="hop">The service.</param>
/// <param name="plan">Says what goes wrong.</param>
/// <param name="sandbox">The function's sandbox. It may end in the middle of a call.</param>
/// <param name="host">The host. A request under way outlives its sandbox, but not the host.</param>
/// <param name="clock">The clock of the run.</param>
/// <param name="reached">The states of the run.</param>
internal sealed class FaultyCalls(Hop hop, FaultPlan plan, Life sandbox, Life host, SimulatedClock clock, ReachedStates reached)
{
    private static readonly TimeSpan LongOutage = TimeSpan.FromMinutes(2);

    public Hop Hop => hop;

    public FaultPlan Plan => plan;

    public ReachedStates Reached => reached;

    /// <param name="effect">The work of the service. It runs at most once.</param>
    public Task<T> CallAsync<T>(Func<Task<T>> effect)
    {
        if (sandbox.IsOver || !plan.IsDown(hop, clock.Elapsed))
        {
            return CallUpAsync(effect);
        }

        // Not thrown here: most of a run's exceptions are these, and a throw costs more than all else of such a call.
        reached.AddIf(plan.HasBeenDownFor(hop, clock.Elapsed) > LongOutage, State.DownForMinutes);
        return Task.FromException<T>(new TransientException($"{hop}: service unavailable"));
    }

    private async Task<T> CallUpAsync<T>(Func<Task<T>> effect)
    {
        await sandbox.GoOnAsync();
        await DieIfHitAsync();
        await PauseIfHitAsync(Fault.SlowBefore);
        if (plan.Hits(Fault.CallThrottled, hop))
        {
            throw new TransientException($"{hop}: too many requests");
        }

        reached.AddIf(sandbox.IsOver, State.EffectAfterTheEnd);
        var result = await effect();
        await host.GoOnAsync();
        await DieIfHitAsync();
        await PauseIfHitAsync(Fault.SlowAfter);
        await sandbox.GoOnAsync();
        return plan.Hits(Fault.AnswerLost, hop) ? throw new TransientException($"{hop}: connection reset") : result;
    }

    /// <summary>The request is on its way for so long, whether or not its function still lives.</summary>
    public async Task PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, clock);
        await host.GoOnAsync();
    }

    private async Task DieIfHitAsync()
    {
        if (plan.Hits(Fault.KilledMidway, hop))
        {
            sandbox.End();
            await sandbox.GoOnAsync();
        }
    }

    private async Task PauseIfHitAsync(Fault kind)
    {
        if (plan.Hits(kind, hop))
        {
            await PauseAsync(plan.Delay());
        }
    }
}

/// <summary>A fault that goes away by itself.</summary>
internal sealed class TransientException(string message) : Exception(message);
