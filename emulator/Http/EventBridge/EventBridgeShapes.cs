namespace DataToEvents.Emulator.Http.EventBridge;

/// <summary>The members that requests of EventBridge may have here, with a list for each operation.</summary>
internal static class EventBridgeShapes
{
    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["PutEvents"] = new(new RequestMember("Entries") { Each = new("Source", "DetailType", "Detail", "Time", "Resources", "TraceHeader", "EventBusName") }),
        ["DescribeEventBus"] = new("Name"),
        ["ListEventBuses"] = new(),
        ["ListRules"] = new("NamePrefix", "EventBusName"),
        ["DescribeRule"] = new("Name", "EventBusName"),
        ["ListTargetsByRule"] = new("Rule", "EventBusName"),
        ["ListArchives"] = new(),
        ["DescribeArchive"] = new("ArchiveName"),
        ["StartReplay"] = new("ReplayName", "EventSourceArn", "EventStartTime", "EventEndTime", new RequestMember("Destination") { Members = new("Arn", "FilterArns") }),
        ["DescribeReplay"] = new("ReplayName"),
        ["ListReplays"] = new("NamePrefix"),
    };
}
