using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;
using DataToEvents.Simulation.Machine;
using DataToEvents.Simulation.States;

namespace DataToEvents.Simulation.Faults;

/// <summary>A sandbox, which runs one invocation at a time, as Lambda's do.</summary>
internal sealed record Sandbox(Life Life, IInvocable Function);

/// <summary>A function as its event source sees it: throttled, late, killed, too slow, invoked twice, or answering nonsense.</summary>
internal sealed class FaultyFunction(
    Hop hop, FunctionOptions options, Func<Life, IInvocable> start, FunctionWatch watch, FaultPlan plan, Life host, SimulatedClock clock, Trace trace) : IInvocable
{
    private readonly Stack<Sandbox> _idle = new();
    private int _invocations;

    public string Name => options.Name;

    /// <summary>The number of invocations under way, with those that nobody waits for.</summary>
    public int Running { get; private set; }

    public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        await host.GoOnAsync();
        var number = ++_invocations;
        trace.Add(hop.ToString(), $"invocation {number}", payload.Span);
        var answer = await InvokeAsync(payload.ToArray(), number, cancellationToken);
        await host.GoOnAsync();
        watch.Answered(payload.Span, answer);
        trace.Add(hop.ToString(), answer.Error is { } error ? $"invocation {number} failed: {error.Type}" : $"invocation {number} answered", answer.Payload.Span);
        return answer;
    }

    private async Task<InvocationResult> InvokeAsync(byte[] payload, int number, CancellationToken cancellationToken)
    {
        if (plan.Hits(Fault.Throttled, hop))
        {
            return InvocationResult.Failure("TooManyRequestsException", "Rate exceeded");
        }

        if (plan.Hits(Fault.StartsLate, hop))
        {
            await Task.Delay(plan.Delay(), clock, cancellationToken);
        }

        if (plan.Hits(Fault.Throws, hop))
        {
            return InvocationResult.Failure("InvalidOperationException", "before anything was done");
        }

        if (plan.Hits(Fault.KilledBefore, hop))
        {
            return Exited(number);
        }

        if (plan.Hits(Fault.HangsBefore, hop))
        {
            return await TooLateAsync(cancellationToken);
        }

        if (plan.Hits(Fault.DeliveredTwice, hop))
        {
            Start(AgainAsync(payload, plan.Draw(2) == 0 ? TimeSpan.Zero : plan.Delay()));
        }

        return await JudgeAsync(await RunAsync(payload, number, cancellationToken), number, cancellationToken);
    }

    /// <summary>The handler has done its work. Its answer may be lost.</summary>
    private async Task<InvocationResult> JudgeAsync(InvocationResult answer, int number, CancellationToken cancellationToken) =>
        plan.Hits(Fault.KilledAfter, hop) ? Exited(number)
        : plan.Hits(Fault.AnswerTooLate, hop) ? await TooLateAsync(cancellationToken)
        : answer.Error is null && plan.Hits(Fault.Garbage, hop) ? Garbage.Instead(answer, hop, plan)
        : answer;

    private async Task AgainAsync(byte[] payload, TimeSpan after)
    {
        Running++;
        await Task.Delay(after, clock);
        await host.GoOnAsync();
        trace.Add(hop.ToString(), "an invocation once more", payload);
        await RunAsync(payload, 0, CancellationToken.None);
        Running--;
    }

    private async Task<InvocationResult> RunAsync(byte[] payload, int number, CancellationToken cancellationToken)
    {
        Running++;
        var sandbox = _idle.TryPop(out var idle) ? idle : New();
        var items = watch.Begin(payload, Running);
        var run = sandbox.Function.InvokeAsync(payload, cancellationToken);
        await Task.WhenAny(run, sandbox.Life.Died);
        await host.GoOnAsync();
        Running--;
        if (sandbox.Life.IsOver)
        {
            watch.End(items, null);
            return Exited(number);
        }

        var answer = await run;
        watch.End(items, answer);
        if (answer.Error?.Type == "Sandbox.Timedout")
        {
            sandbox.Life.End();
        }
        else
        {
            _idle.Push(sandbox);
        }

        return answer;
    }

    private Sandbox New()
    {
        var life = new Life();
        return new Sandbox(life, start(life));
    }

    private async Task<InvocationResult> TooLateAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(options.Timeout, clock, cancellationToken);
        return InvocationResult.Failure("Sandbox.Timedout", $"Task timed out after {options.Timeout.TotalSeconds} seconds");
    }

    private static InvocationResult Exited(int number) => InvocationResult.Failure("Runtime.ExitError", $"RequestId: {number} Error: Runtime exited with error: signal: killed");

    /// <summary>Nobody waits for it; what it throws ends the run.</summary>
    private static async void Start(Task task) => await task;
}
