namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The members that requests of EventBridge may have here, with a list for each operation.</summary>
internal static class EventBridgeShapes
{
    // It is about rules that AWS's own services manage; there are none here.
    private static readonly RequestMember Force = new("Force") { HasNoEffect = JsonValueKind.True };

    private static readonly RequestMember RetentionDays = new("RetentionDays") { Minimum = 0 };

    private static readonly RequestShape Target = new(
        "Id", "Arn", "Input", "InputPath", new RequestMember("InputTransformer") { Members = new("InputPathsMap", "InputTemplate") },
        new RequestMember("RetryPolicy") { Members = new("MaximumRetryAttempts", "MaximumEventAgeInSeconds") },
        new RequestMember("DeadLetterConfig") { Members = new("Arn") },
        new RequestMember("SqsParameters") { Members = new("MessageGroupId") });

    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["PutEvents"] = new(new RequestMember("Entries") { Each = new("Source", "DetailType", "Detail", "Time", "Resources", "TraceHeader", "EventBusName") }),
        ["CreateEventBus"] = new("Name", "Description"),
        ["DeleteEventBus"] = new("Name"),
        ["DescribeEventBus"] = new("Name"),
        ["ListEventBuses"] = new("NamePrefix", "Limit", "NextToken"),
        ["ListRules"] = new("NamePrefix", "EventBusName", "Limit", "NextToken"),
        ["DescribeRule"] = new("Name", "EventBusName"),
        ["PutRule"] = new("Name", "EventPattern", "State", "Description", "EventBusName"),
        ["DeleteRule"] = new("Name", "EventBusName", Force),
        ["EnableRule"] = new("Name", "EventBusName"),
        ["DisableRule"] = new("Name", "EventBusName"),
        ["ListTargetsByRule"] = new("Rule", "EventBusName", "Limit", "NextToken"),
        ["ListRuleNamesByTarget"] = new("TargetArn", "EventBusName", "Limit", "NextToken"),
        ["PutTargets"] = new("Rule", "EventBusName", new RequestMember("Targets") { Each = Target }),
        ["RemoveTargets"] = new("Rule", "Ids", "EventBusName", Force),
        ["TestEventPattern"] = new("EventPattern", "Event"),
        ["CreateArchive"] = new("ArchiveName", "EventSourceArn", "Description", "EventPattern", RetentionDays),
        ["UpdateArchive"] = new("ArchiveName", "Description", "EventPattern", RetentionDays),
        ["DeleteArchive"] = new("ArchiveName"),
        ["DescribeArchive"] = new("ArchiveName"),
        ["ListArchives"] = new(
            "NamePrefix", "EventSourceArn", new RequestMember("State") { Known = ["ENABLED", "DISABLED", "CREATING", "UPDATING", "CREATE_FAILED", "UPDATE_FAILED"] },
            new RequestMember("Limit") { Minimum = 1, Maximum = 100 }, "NextToken"),
        ["StartReplay"] = new("ReplayName", "Description", "EventSourceArn", "EventStartTime", "EventEndTime", new RequestMember("Destination") { Members = new("Arn", "FilterArns") }),
        ["CancelReplay"] = new("ReplayName"),
        ["DescribeReplay"] = new("ReplayName"),
        ["ListReplays"] = new(
            "NamePrefix", new RequestMember("State") { Known = ["STARTING", "RUNNING", "CANCELLING", "COMPLETED", "CANCELLED", "FAILED"] }, "EventSourceArn", "Limit", "NextToken"),
    };
}
