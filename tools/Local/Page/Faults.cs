using DataToEvents.Adapters.Embedded.Functions;

namespace DataToEvents.Local.Page;

/// <summary>Trouble that the page can switch on, to watch the promises hold. Off unless somebody asks.</summary>
internal sealed class Faults(Random random)
{
    private readonly Fault[] _all =
    [
        new("throttle", "Throttle", "Two of three invocations of every function are refused, as when the account's concurrency is used up."),
        new("kill", "Kill functions", "One of three invocations does its work and dies before it can answer."),
        new("store", "Break the store", "EventStorer fails: messages come back, and end in the queue's dead-letter queue after five receives."),
        new("consumer", "Break the consumer", "The EventResponder fails: events wait, are tried again, and end in its dead-letter queue after about a minute."),
        new("poison", "Poison", "Five hostile records a second among the good ones: no JSON, broken UTF-8, deep nesting, empty."),
    ];

    public IReadOnlyList<PageFault> All => Array.ConvertAll(_all, static fault => new PageFault(fault.Id, fault.Name, fault.What, fault.IsOn));

    public bool IsOn(string id) => Array.Find(_all, fault => fault.Id == id) is { IsOn: true };

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

    /// <summary>The function behind the faults.</summary>
    public IFunction Around(IFunction function) => new FaultyFunction(function, this, random);

    private sealed class Fault(string id, string name, string what)
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

    private sealed class FaultyFunction(IFunction function, Faults faults, Random random) : IFunction, IAsyncDisposable
    {
        public string Name => function.Name;

        public async Task<FunctionAnswer> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            if (function.Name switch { "EventStorer" => faults.IsOn("store"), "EventResponder" => faults.IsOn("consumer"), _ => false })
            {
                return FunctionAnswer.Failure("InvalidOperationException", $"{function.Name} is broken, because somebody asked for it on the page.");
            }

            if (faults.IsOn("throttle") && random.Next(3) > 0)
            {
                return FunctionAnswer.Failure("TooManyRequestsException", "Rate Exceeded.");
            }

            var answer = await function.InvokeAsync(payload, cancellationToken);
            return faults.IsOn("kill") && random.Next(3) == 0 ? FunctionAnswer.Failure("Runtime.ExitError", "Runtime exited with error: signal: killed") : answer;
        }

        public ValueTask DisposeAsync() => function is IAsyncDisposable process ? process.DisposeAsync() : ValueTask.CompletedTask;
    }
}
