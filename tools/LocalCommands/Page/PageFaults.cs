using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Local.Page;

/// <summary>Faults that the page can switch on, to show that the promises hold. All are off at the start.</summary>
/// <param name="random">Draws whom it hits.</param>
/// <param name="processes">Functions run as processes, which can be killed.</param>
internal sealed class PageFaults(Random random, bool processes)
{
    private readonly FaultSwitch[] _all =
    [
        new("throttle", "Throttle", "Two of three invocations of every function are refused, as when the account's concurrency is used up."),
        new("kill", "Kill functions", processes
            ? "One of three invocations has its process killed, with signal 9, wherever it is; the next invocation starts another."
            : "One of three invocations dies: half of them before their work, half after it and before their answer."),
        new("transformer", "Break the Transformer", "The Transformer fails: Firehose tries three times, and then puts the records aside as they came."),
        new("store", "Break the store", "EventStorer fails: messages come back, and end in the queue's dead-letter queue after five receives."),
        new("emitter", "Break the emitter", "The IntegrationEventEmitter fails: stored events are not published, and after three retries they are set aside as stream records that were given up."),
        new("consumer", "Break the consumer", "The EventResponder fails: events wait, are tried again, and end in its dead-letter queue after about a minute."),
        new("poison", "Poison", "Six hostile records a second among the good ones, with a good one of their own in their midst: no JSON, broken UTF-8, deep nesting, empty, and one too big for every hop, which is set aside."),
    ];

    public IReadOnlyList<PageFault> All => Array.ConvertAll(_all, static fault => new PageFault(fault.Id, fault.Name, fault.What, fault.IsOn));

    public bool IsOn(string id) => Array.Find(_all, fault => fault.Id == id) is { IsOn: true };

    public bool IsAnyOnBut(string id) => Array.Exists(_all, fault => fault.IsOn && fault.Id != id);

    /// <returns>False when there is no such fault.</returns>
    public bool Switch(string id, bool on)
    {
        if (Array.Find(_all, fault => fault.Id == id) is not { } fault)
        {
            return false;
        }

        fault.IsOn = on;
        return true;
    }

    /// <summary>Wraps a function in the faults.</summary>
    public IInvocable Around(IInvocable function) => new SabotagedFunction(function, this, random);

    private sealed class FaultSwitch(string id, string name, string what)
    {
        private volatile bool _isOn;

        public string Id => id;

        public string Name => name;

        public string What => what;

        public bool IsOn
        {
            get => _isOn;
            set => _isOn = value;
        }
    }

    private sealed class SabotagedFunction(IInvocable function, PageFaults faults, Random random) : IInvocable, IAsyncDisposable
    {
        /// <summary>Most invocations end within so many milliseconds; a kill comes at any moment before.</summary>
        private const int MostWork = 15;

        public string Name => function.Name;

        private bool IsBroken => function.Name switch
        {
            "Transformer" => faults.IsOn("transformer"),
            "EventStorer" => faults.IsOn("store"),
            "IntegrationEventEmitter" => faults.IsOn("emitter"),
            "EventResponder" => faults.IsOn("consumer"),
            _ => false,
        };

        public Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) => InvokeAsync(payload, null, cancellationToken);

        public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
        {
            if (IsBroken)
            {
                return InvocationResult.Failure("InvalidOperationException", $"{function.Name} is broken, because somebody asked for it on the page.");
            }

            if (faults.IsOn("throttle") && random.Next(3) > 0)
            {
                return InvocationResult.Failure("TooManyRequestsException", "Rate Exceeded.");
            }

            return faults.IsOn("kill") && random.Next(3) == 0
                ? await DieAsync(payload, traceHeader, cancellationToken)
                : await function.InvokeAsync(payload, traceHeader, cancellationToken);
        }

        private async Task<InvocationResult> DieAsync(ReadOnlyMemory<byte> payload, string? traceHeader, CancellationToken cancellationToken)
        {
            if (function is ProcessFunction running)
            {
                var invocation = running.InvokeAsync(payload, traceHeader, cancellationToken);
                await Task.WhenAny(invocation, Task.Delay(random.Next(MostWork), cancellationToken));
                running.Kill(random);
                return await invocation;
            }

            if (random.Next(2) == 0)
            {
                await function.InvokeAsync(payload, traceHeader, cancellationToken);
            }

            return InvocationResult.Failure("Runtime.ExitError", "Runtime exited with error: signal: killed");
        }

        public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;
    }
}
