namespace DataToEvents.Emulator.Queues;

/// <summary>The attributes of a queue as SQS names, checks and writes them. Source: Amazon SQS API Reference, "SetQueueAttributes".</summary>
internal static class QueueAttributes
{
    public const string FifoQueue = "FifoQueue";

    private const string Scope = "DeduplicationScope";

    private const string ThroughputLimit = "FifoThroughputLimit";

    private const string ContentBased = "ContentBasedDeduplication";

    private const string Encrypted = "SqsManagedSseEnabled";

    private static readonly Dictionary<string, (int Min, int Max, Func<QueueOptions, int, QueueOptions> With)> Numbers = new()
    {
        ["DelaySeconds"] = (0, QueueLimits.MaxDelaySeconds, static (options, value) => options with { Delay = TimeSpan.FromSeconds(value) }),
        ["MaximumMessageSize"] = (QueueLimits.MinMaxMessageBytes, QueueLimits.MaxBatchBytes, static (options, value) => options with { MaxMessageBytes = value }),
        ["MessageRetentionPeriod"] = (60, 1_209_600, static (options, value) => options with { Retention = TimeSpan.FromSeconds(value) }),
        ["ReceiveMessageWaitTimeSeconds"] = (0, 20, static (options, value) => options with { ReceiveWait = TimeSpan.FromSeconds(value) }),
        ["VisibilityTimeout"] = (0, 43_200, static (options, value) => options with { VisibilityTimeout = TimeSpan.FromSeconds(value) }),
    };

    private static readonly Dictionary<string, string[]> FifoValues = new()
    {
        [Scope] = ["queue", "messageGroup"],
        [ThroughputLimit] = ["perQueue", "perMessageGroupId"],
    };

    /// <summary>The options with the attributes that a client sets. An empty text sets the default.</summary>
    /// <param name="options">Those of the queue until now.</param>
    /// <param name="attributes">Names and values.</param>
    /// <param name="find">Finds a dead-letter queue by its ARN.</param>
    /// <exception cref="ServiceException">SQS would refuse an attribute, or it is not supported here.</exception>
    public static QueueOptions Apply(QueueOptions options, IReadOnlyDictionary<string, string> attributes, Func<string, MessageQueue?> find)
    {
        foreach (var (name, value) in attributes)
        {
            options = Apply(options, name, value, find);
        }

        return options;
    }

    /// <summary>The value as SQS keeps it.</summary>
    public static string Normal(string name, string value) => name is FifoQueue or ContentBased or Encrypted ? value.ToLowerInvariant() : value;

    /// <summary>All attributes of a queue that have a value.</summary>
    public static Dictionary<string, string> Of(MessageQueue queue)
    {
        var (options, stats, settings) = (queue.Options, queue.Stats, queue.Settings);
        var attributes = new Dictionary<string, string>
        {
            ["QueueArn"] = options.Arn,
            ["ApproximateNumberOfMessages"] = Number(stats.Depth - stats.InFlight - stats.Delayed),
            ["ApproximateNumberOfMessagesNotVisible"] = Number(stats.InFlight),
            ["ApproximateNumberOfMessagesDelayed"] = Number(stats.Delayed),
            // SQS reports the age only to CloudWatch, which does not exist here.
            ["ApproximateAgeOfOldestMessage"] = Number(stats.OldestAge.TotalSeconds),
            ["CreatedTimestamp"] = Number(settings.Created.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Number(settings.Modified.ToUnixTimeSeconds()),
            ["VisibilityTimeout"] = Number(options.VisibilityTimeout.TotalSeconds),
            ["MessageRetentionPeriod"] = Number(options.Retention.TotalSeconds),
            ["MaximumMessageSize"] = Number(options.MaxMessageBytes),
            ["DelaySeconds"] = Number(options.Delay.TotalSeconds),
            ["ReceiveMessageWaitTimeSeconds"] = Number(options.ReceiveWait.TotalSeconds),
            [Encrypted] = settings.Attributes.GetValueOrDefault(Encrypted, "true"),
        };
        if (options.Fifo)
        {
            attributes[FifoQueue] = "true";
            attributes[ContentBased] = options.ContentBasedDeduplication ? "true" : "false";
            attributes[Scope] = options.DeduplicatesAcrossGroups ? "queue" : "messageGroup";
            attributes[ThroughputLimit] = settings.Attributes.GetValueOrDefault(ThroughputLimit, settings.IsOfClient ? "perQueue" : "perMessageGroupId");
        }

        if (options.Redrive is { } redrive)
        {
            attributes[RedrivePolicies.Attribute] = $$"""{"deadLetterTargetArn":"{{redrive.DeadLetterQueue.Options.Arn}}","maxReceiveCount":{{redrive.MaxReceiveCount}}}""";
        }

        foreach (var name in new[] { "Policy", RedrivePolicies.AllowAttribute }.Where(settings.Attributes.ContainsKey))
        {
            attributes[name] = settings.Attributes[name];
        }

        return attributes;
    }

    private static QueueOptions Apply(QueueOptions options, string name, string value, Func<string, MessageQueue?> find)
    {
        if (Numbers.TryGetValue(name, out var number))
        {
            return value.Length == 0 ? WithDefault(options, name)
                : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed >= number.Min && parsed <= number.Max ? number.With(options, parsed)
                : throw Invalid(name);
        }

        switch (name)
        {
            case Scope or ThroughputLimit when !options.Fifo:
                throw new ServiceException("InvalidAttributeName", $"You can specify the {name} only when FifoQueue is set to true.");
            case Scope:
                return options with { DeduplicatesAcrossGroups = OneOf(name, value) == "queue" };
            case ThroughputLimit:
                OneOf(name, value);
                return options;
            case ContentBased when options.Fifo:
                return options with { ContentBasedDeduplication = Flag(name, value) };
            case FifoQueue when options.Fifo:
                return Flag(name, value) ? options : throw new ServiceException("InvalidAttributeValue", "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
            case Encrypted:
                Flag(name, value);
                return options;
            case RedrivePolicies.Attribute:
                return options with { Redrive = RedrivePolicies.Read(value, options, find) };
            case RedrivePolicies.AllowAttribute:
                RedrivePolicies.CheckAllowing(value);
                return options;
            case "Policy":
                return options;
            case "KmsMasterKeyId" or "KmsDataKeyReusePeriodSeconds":
                return value.Length == 0 ? options : throw new ServiceException("AWS.SimpleQueueService.UnsupportedOperation", $"{name} is not supported here: messages are not encrypted.");
            default:
                throw new ServiceException("InvalidAttributeName", $"Unknown Attribute {name}.");
        }
    }

    private static QueueOptions WithDefault(QueueOptions options, string name)
    {
        var defaults = new QueueOptions { Name = options.Name };
        return name switch
        {
            "DelaySeconds" => options with { Delay = defaults.Delay },
            "MaximumMessageSize" => options with { MaxMessageBytes = defaults.MaxMessageBytes },
            "MessageRetentionPeriod" => options with { Retention = defaults.Retention },
            "ReceiveMessageWaitTimeSeconds" => options with { ReceiveWait = defaults.ReceiveWait },
            _ => options with { VisibilityTimeout = defaults.VisibilityTimeout },
        };
    }

    private static string OneOf(string name, string value) => FifoValues[name].Contains(value) ? value : throw Invalid(name);

    private static bool Flag(string name, string value) => bool.TryParse(value, out var flag) ? flag : throw Invalid(name);

    private static ServiceException Invalid(string name) => new("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
