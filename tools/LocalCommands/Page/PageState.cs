namespace DataToEvents.Local.Page;

/// <summary>The state that the page gets once a second. Its scripts show it and know nothing else.</summary>
internal sealed record PageState(
    DateTimeOffset At,
    string Address,
    string Data,
    IReadOnlyList<PageNumber> Numbers,
    long Pending,
    IReadOnlyList<PageHop> Hops,
    PageLatency Latency,
    IReadOnlyList<PagePlace> SetAside,
    IReadOnlyList<PageFault> Faults,
    IReadOnlyList<PagePromise> Promises,
    IReadOnlyList<PageEvent> Tail);

/// <summary>A number that page, metrics, summary and <c>operator status</c> share.</summary>
/// <param name="Name">What it is called everywhere.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Description">Its definition.</param>
/// <param name="SinceStart">Since the host started.</param>
/// <param name="Ever">Since the data directory began.</param>
internal sealed record PageNumber(string Name, string Unit, string Description, long SinceStart, long Ever);

/// <param name="Id">Names it in scripts and tests.</param>
/// <param name="Kind">function or service.</param>
/// <param name="Name">For people.</param>
/// <param name="What">What is counted.</param>
/// <param name="Total">Since the host started.</param>
/// <param name="Rate">A second, over the last second; null when nobody looked a second ago.</param>
/// <param name="Depth">The number of items that wait there now.</param>
/// <param name="AgeSeconds">The age of the oldest item that waits.</param>
/// <param name="Errors">Since the host started.</param>
/// <param name="ErrorsLastMinute">Of the last minute.</param>
/// <param name="Failing">Errors grew during the last second.</param>
internal sealed record PageHop(string Id, string Kind, string Name, string What, long Total, double? Rate, long Depth, double AgeSeconds, long Errors, long ErrorsLastMinute, bool Failing);

internal sealed record PageLatency(double P50, double P99, double Max, IReadOnlyList<PageBucket> Buckets);

/// <param name="ToMs">Upper bound, milliseconds. The last bucket has none: it holds all that took longer than the bucket before.</param>
/// <param name="Count">Events that took no longer, and longer than the bucket before.</param>
internal sealed record PageBucket(double ToMs, long Count);

/// <param name="Id">The id that <c>POST /_page/actions</c> takes.</param>
/// <param name="Metric">What metrics and summary call the place.</param>
/// <param name="Name">For people.</param>
/// <param name="Where">The queue or prefix.</param>
/// <param name="Count">The number of items that lie there now.</param>
/// <param name="Unit">What is counted.</param>
/// <param name="Action">The text of the button.</param>
internal sealed record PagePlace(string Id, string Metric, string Name, string Where, long Count, string Unit, string Action);

internal sealed record PageFault(string Id, string Name, string What, bool On);

/// <param name="Name">The promise.</param>
/// <param name="State">kept or broken, while records are under way too; seen when the numbers show it and decide nothing.</param>
/// <param name="Evidence">The numbers that say so.</param>
internal sealed record PagePromise(string Name, string State, string Evidence);

internal sealed record PageEvent(string Id, string Source, string Stream, string Type, DateTimeOffset AcceptedAt, DateTimeOffset DeliveredAt)
{
    public double LatencyMs => (DeliveredAt - AcceptedAt).TotalMilliseconds;
}

/// <param name="Delivered">Whether the consumer's view has it.</param>
/// <param name="Steps">In the order of the path, the lake last: it lies beside it.</param>
/// <param name="IsText">Whether the payload is text. If not, it is shown in base64.</param>
/// <param name="Payload">The payload as its producer sent it.</param>
/// <param name="Envelope">The lake's line and the queue's message.</param>
/// <param name="Item">In DynamoDB's JSON.</param>
/// <param name="Event">The event as targets get it from the bus; null if the archive does not have it.</param>
internal sealed record PageJourney(
    string Id, string Source, string Stream, string Type, bool Delivered, IReadOnlyList<PageStep> Steps, long PayloadBytes, bool IsText, string Payload, string Envelope, string Item, string? Event);

/// <param name="Id">Names it in scripts and tests.</param>
/// <param name="Name">The hop.</param>
/// <param name="At">When, where that is known.</param>
/// <param name="Where">File, item or message.</param>
internal sealed record PageStep(string Id, string Name, DateTimeOffset? At, string Where);

internal sealed record ActionRequest(string Place);

internal sealed record FaultRequest(string Id, bool On);

internal sealed record PageProblem(string Detail);

[JsonSerializable(typeof(PageState))]
[JsonSerializable(typeof(PageJourney))]
[JsonSerializable(typeof(PageProblem))]
[JsonSerializable(typeof(ActionRequest))]
[JsonSerializable(typeof(FaultRequest))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class PageJson : JsonSerializerContext;
