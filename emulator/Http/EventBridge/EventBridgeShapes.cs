namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The members that requests of EventBridge may have here, with a list for each operation.</summary>
internal static class EventBridgeShapes
{
    // It is about rules that AWS's own services manage; there are none here.
    private static readonly RequestMember Force = new("Force") { HasNoEffect = JsonValueKind.True };

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
        ["ListArchives"] = new("NamePrefix", "EventSourceArn", "State"),
        ["DescribeArchive"] = new("ArchiveName"),
        ["StartReplay"] = new("ReplayName", "EventSourceArn", "EventStartTime", "EventEndTime", new RequestMember("Destination") { Members = new("Arn", "FilterArns") }),
        ["DescribeReplay"] = new("ReplayName"),
        ["ListReplays"] = new("NamePrefix", "EventSourceArn", "Limit", "NextToken"),
    };
}
