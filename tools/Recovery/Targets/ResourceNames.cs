using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Targets;

/// <summary>The names of the path's resources. The defaults are those of Terraform and of the embedded run.</summary>
internal sealed record ResourceNames
{
    private static readonly string[] Roles = ["transformer", "event-storer", "integration-event-emitter", "event-responder", "event-responder-api"];

    public string DeliveryStream { get; init; } = "data-events-stream";

    public string Queue { get; init; } = "data-events-queue.fifo";

    public string DeadLetters { get; init; } = "data-events-dlq.fifo";

    public string RuleDeadLetters { get; init; } = "data-events-rule-dlq";

    /// <summary>The bus has one on AWS, with a customer's key.</summary>
    public string BusDeadLetters { get; init; } = "data-events-bus-dlq";

    public string Table { get; init; } = "data-events";

    public string View { get; init; } = "data-events-view";

    public string Bus { get; init; } = "data-events-bus";

    public string Archive { get; init; } = "data-events-archive";

    /// <summary>The queue between rule and consumer, if there is one.</summary>
    public string ConsumerQueue { get; init; } = "data-events-consumer";

    /// <summary>The consumer's function; null: the one of Terraform or of the local host.</summary>
    public string? ConsumerFunction { get; init; }

    /// <summary>The function of its HTTP API; null: the one of Terraform or of the local host.</summary>
    public string? ApiFunction { get; init; }

    /// <summary>Bucket names are shared by all customers of AWS, so this one always has to be given there.</summary>
    public string Bucket { get; init; } = "data-events";

    /// <summary>The functions of a deployment: Terraform names them, and the alarms, after the table.</summary>
    public IReadOnlyList<string> Functions => [.. Array.ConvertAll(Roles, role => $"{Table}-{role}")];

    /// <summary>The function that publishes the store's changes.</summary>
    public string Emitter => $"{Table}-integration-event-emitter";

    /// <summary>The queue with those dead letters.</summary>
    public string Of(DeadLettersOf of) => of switch
    {
        DeadLettersOf.Queue => DeadLetters,
        DeadLettersOf.Rule => RuleDeadLetters,
        _ => BusDeadLetters,
    };
}
