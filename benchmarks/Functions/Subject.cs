namespace DataToEvents.Benchmarks.Functions;

/// <summary>A function under measurement: how it is set up and what it is given.</summary>
/// <param name="Name">Its package's name, and in parentheses which event.</param>
/// <param name="Environment">Its settings, for an AWS at this URL.</param>
/// <param name="Event">A fresh event.</param>
/// <param name="Records">Records in an event.</param>
/// <param name="Invocations">Warm invocations.</param>
internal sealed record Subject(string Name, Func<string, Dictionary<string, string>> Environment, Func<byte[]> Event, int Records, int Invocations)
{
    public static IReadOnlyList<Subject> All { get; } = Create();

    /// <summary>The zip's name: a function may be measured with several events.</summary>
    public string Package => Name.Split(' ')[0];

    private static Subject[] Create()
    {
        var events = new Events(recordSize: 1_000);
        return
        [
            new("Transformer", At("QUEUE_URL", "/123456789012/data-events-queue.fifo", "PAYLOAD_BUCKET"), () => events.Firehose(500, 100), 500, 50),
            new("Transformer (500 streams)", At("QUEUE_URL", "/123456789012/data-events-queue.fifo", "PAYLOAD_BUCKET"), () => events.Firehose(500, 500), 500, 20),
            new("Transformer (6 MB)", At("QUEUE_URL", "/123456789012/data-events-queue.fifo", "PAYLOAD_BUCKET"), () => events.Firehose(3_100, 620), 3_100, 5),
            new("EventStorer", url => new() { ["AWS_ENDPOINT_URL"] = url, ["TABLE_NAME"] = "data-events", ["QUARANTINE_BUCKET"] = "data-events" }, () => events.Sqs(10, 10), 10, 400),
            new("IntegrationEventEmitter", url => new() { ["AWS_ENDPOINT_URL"] = url, ["EVENT_BUS_NAME"] = "data-events-bus" }, () => events.Changes(100, 100), 100, 80),
            new("EventResponder", url => new() { ["AWS_ENDPOINT_URL"] = url, ["VIEW_TABLE_NAME"] = "data-view", ["PAYLOAD_BUCKET"] = "data-events", ["ANNOTATIONS_HANDLER"] = "Respond" }, events.Delivery, 1, 2_000),
        ];
    }

    private static Func<string, Dictionary<string, string>> At(string variable, string path, string bucket) =>
        url => new() { ["AWS_ENDPOINT_URL"] = url, [variable] = url + path, [bucket] = "data-events" };
}
