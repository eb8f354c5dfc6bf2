using DataToEvents.Emulator.Buses;
using DataToEvents.Emulator.Delivery;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Common;

/// <summary>The rules on the bus.</summary>
public static class Rules
{
    private const string Everything = """{"source":[{"prefix":""}]}""";

    /// <summary>Patience for a consumer that fails for about a minute.</summary>
    private static RuleOptions Inserted { get; } = new(Names.Rule)
    {
        Pattern = """{"source":["datatoevents.insert"],"detail-type":["DataInserted"]}""",
        MaximumRetryAttempts = 10,
        FirstBackOff = TimeSpan.FromMilliseconds(100),
    };

    /// <param name="engine">Whose bus gets the rules.</param>
    /// <param name="responder">The consumer's function.</param>
    /// <param name="audit">Gives the audit queue a copy of every event.</param>
    /// <param name="delivered">Called with the detail of each event that the consumer took.</param>
    public static void AddRules(this Engine engine, IInvocable responder, bool audit = false, Action<ReadOnlyMemory<byte>>? delivered = null)
    {
        var deadLetters = new RuleDeadLetters(engine.RuleDeadLetters);
        engine.Bus.AddRule(Inserted, responder, deadLetters, delivered);
        if (audit && engine.Audit is { } copies)
        {
            engine.Bus.AddRule(new RuleOptions(Names.AuditRule) { Pattern = Everything, TargetArn = copies.Options.Arn }, new QueueTarget(copies), deadLetters);
        }
    }

    /// <summary>A standard queue as a rule's target.</summary>
    private sealed class QueueTarget(MessageQueue queue) : IInvocable
    {
        public string Name => queue.Options.Name;

        public async Task<InvocationResult> InvokeAsync(ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            var outcome = (await queue.SendBatchAsync([new SendEntry(null, null, payload)]))[0];
            return outcome.Error is { } error ? InvocationResult.Failure(error.Code, error.Message) : InvocationResult.Success(default);
        }
    }
}
