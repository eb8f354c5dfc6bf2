namespace DataToEvents.Recovery.Targets;

/// <summary>The options that every command has: where the services are, and the names of the path's parts.</summary>
internal sealed class TargetArguments
{
    private static readonly ResourceNames Default = new();

    private readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "The data directory of an embedded run; its host is found when it runs, else the directory is opened. Without any target: .data, if it is one",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<Uri?> _endpoint = Arguments.Endpoint("One address for all services instead of AWS");

    private readonly Option<string?> _region = new("--region") { Description = "AWS region; the SDK's usual chain without it", Recursive = true };

    private readonly Option<string> _deliveryStream = Name("--delivery-stream", "The delivery stream", Default.DeliveryStream, "--delivery-stream-name");
    private readonly Option<string> _queue = Name("--queue", "The queue between Transformer and EventStorer", Default.Queue);
    private readonly Option<string> _deadLetters = Name("--dlq", "That queue's dead-letter queue", Default.DeadLetters, "--dead-letter-queue");
    private readonly Option<string> _ruleDeadLetters = Name("--rule-dlq", "The dead-letter queue of the rule's target", Default.RuleDeadLetters, "--rule-dead-letter-queue");
    private readonly Option<string> _busDeadLetters = Name("--bus-dlq", "The dead-letter queue of the bus itself", Default.BusDeadLetters, "--bus-dead-letter-queue");
    private readonly Option<string> _table = Name("--table", "The store", Default.Table);
    private readonly Option<string> _view = Name("--view-table", "The consumer's table", Default.View);
    private readonly Option<string> _bus = Name("--bus", "The event bus", Default.Bus);
    private readonly Option<string> _archive = Name("--archive", "The bus's archive", Default.Archive);
    private readonly Option<string> _consumerQueue = Name("--consumer-queue", "The queue between rule and consumer, if there is one", Default.ConsumerQueue);
    private readonly Option<string?> _consumerFunction = new("--consumer-function") { Description = "The consumer's function; data-events-event-responder without it", Recursive = true, HelpName = "NAME" };
    private readonly Option<string?> _apiFunction = new("--api-function") { Description = "The function of its HTTP API; data-events-event-responder-api without it", Recursive = true, HelpName = "NAME" };
    private readonly Option<string> _bucket = Name("--bucket", "The data bucket", Default.Bucket);

    public TargetArguments() => _endpoint.Recursive = true;

    public IEnumerable<Option> Options => [_data, _endpoint, _region, _deliveryStream, _queue, _deadLetters, _ruleDeadLetters, _busDeadLetters, _table, _view, _bus, _archive, _consumerQueue, _consumerFunction, _apiFunction, _bucket];

    /// <summary>The region that was given, or null.</summary>
    public string? Region(ParseResult parsed) => parsed.GetValue(_region);

    /// <exception cref="UserErrorException">Options contradict each other, or the directory does not exist.</exception>
    public PathTarget Read(ParseResult parsed)
    {
        var (data, endpoint) = (parsed.GetValue(_data), parsed.GetValue(_endpoint));
        if (data is not null && endpoint is not null)
        {
            throw new UserErrorException("--data and --endpoint-url are two places; allowed: one of them, or none for AWS.");
        }

        if (data is { Exists: false })
        {
            throw new UserErrorException($"--data '{data}' does not exist; allowed: the data directory of an embedded run.");
        }

        if (data is null && endpoint is null && !IsGiven(parsed, _bucket) && !IsGiven(parsed, _region))
        {
            (data, endpoint) = new TargetDefaults(Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable).Find();
        }

        return new PathTarget(data, endpoint, parsed.GetValue(_region), new ResourceNames
        {
            DeliveryStream = parsed.GetRequiredValue(_deliveryStream),
            Queue = parsed.GetRequiredValue(_queue),
            DeadLetters = parsed.GetRequiredValue(_deadLetters),
            RuleDeadLetters = parsed.GetRequiredValue(_ruleDeadLetters),
            BusDeadLetters = parsed.GetRequiredValue(_busDeadLetters),
            Table = parsed.GetRequiredValue(_table),
            View = parsed.GetRequiredValue(_view),
            Bus = parsed.GetRequiredValue(_bus),
            Archive = parsed.GetRequiredValue(_archive),
            ConsumerQueue = parsed.GetRequiredValue(_consumerQueue),
            ConsumerFunction = parsed.GetValue(_consumerFunction),
            ApiFunction = parsed.GetValue(_apiFunction),
            Bucket = parsed.GetRequiredValue(_bucket),
        });
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static Option<string> Name(string name, string description, string value, params string[] aliases) => new(name, aliases)
    {
        Description = description,
        DefaultValueFactory = _ => value,
        Recursive = true,
        HelpName = "NAME",
    };
}
