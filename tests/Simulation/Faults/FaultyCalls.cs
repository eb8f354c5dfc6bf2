using DataToEvents.Simulation.Machine;

namespace DataToEvents.Simulation.Faults;

/// <summary>Calls from inside a sandbox to one service, over a network that may lose, delay or refuse them.</summary>
/// <param name="hop">The service.</param>
/// <param name="plan">Says what goes wrong.</param>
/// <param name="sandbox">The function's sandbox. It may end in the middle of a call.</param>
/// <param name="host">The host. A request under way outlives its sandbox, but not the host.</param>
/// <param name="clock">The clock of the run.</param>
internal sealed class FaultyCalls(Hop hop, FaultPlan plan, Life sandbox, Life host, SimulatedClock clock)
{
    public Hop Hop => hop;

    public FaultPlan Plan => plan;

    /// <param name="effect">The work of the service. It runs at most once.</param>
    public async Task<T> CallAsync<T>(Func<Task<T>> effect)
    {
        await sandbox.GoOnAsync();
        if (plan.IsDown(hop, clock.Elapsed))
        {
            throw new TransientException($"{hop}: service unavailable");
        }

        await DieIfHitAsync();
        await PauseIfHitAsync(Fault.SlowBefore);
        if (plan.Hits(Fault.CallThrottled, hop))
        {
            throw new TransientException($"{hop}: too many requests");
        }

        var result = await effect();
        await host.GoOnAsync();
        await DieIfHitAsync();
        await PauseIfHitAsync(Fault.SlowAfter);
        await sandbox.GoOnAsync();
        return plan.Hits(Fault.AnswerLost, hop) ? throw new TransientException($"{hop}: connection reset") : result;
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
            await Task.Delay(plan.Delay(), clock);
            await host.GoOnAsync();
        }
    }
}

/// <summary>A fault that goes away by itself.</summary>
internal sealed class TransientException(string message) : Exception(message);
