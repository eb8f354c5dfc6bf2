using DataToEvents.Recovery.DeadLetters;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The queue between Transformer and EventStorer: its backlog, and settings that break the order or lose events.</summary>
internal sealed class QueueCheck(PathServices services) : ICheck
{
    /// <summary>SQS looks for message groups among so many messages only (Amazon SQS Developer Guide, "FIFO queue quotas").</summary>
    private const long LookAhead = 120_000;

    private const long LongBacklog = 50_000;

    /// <summary>Throttled pollers count as receives, too (AWS Lambda Developer Guide, "Using Lambda with Amazon SQS").</summary>
    private const int FewReceives = 5;

    public string Name => "queue";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var url = (await services.Sqs.GetQueueUrlAsync(services.Names.Queue, cancellationToken)).QueueUrl;
        var attributes = (await services.Sqs.GetQueueAttributesAsync(url, ["All"], cancellationToken)).Attributes;
        return Judge(services.Names, attributes);
    }

    public static IReadOnlyList<CheckResult> Judge(ResourceNames names, IReadOnlyDictionary<string, string> attributes)
    {
        var findings = new List<CheckResult> { Backlog(QueueDepth.Of(attributes)) };
        if (attributes.GetValueOrDefault("DeduplicationScope") != "messageGroup" || attributes.GetValueOrDefault("FifoThroughputLimit") != "perMessageGroupId")
        {
            findings.Add(new CheckResult(CheckLevel.Warn, "queue", "it deduplicates or is limited as a whole, not by group", "set DeduplicationScope to messageGroup and FifoThroughputLimit to perMessageGroupId: all streams share 300 calls a second now"));
        }

        findings.Add(Redrive(names, attributes.GetValueOrDefault("RedrivePolicy")));
        return findings;
    }

    private static CheckResult Backlog(QueueDepth depth) => depth.Total switch
    {
        >= LookAhead => new CheckResult(CheckLevel.Fail, "queue", $"{Units.Count(depth.Total, "message waits", "messages wait")}: SQS no longer looks at streams behind the first {Cells.Text(LookAhead)}", "let the EventStorer catch up; docs/aws.md, queue-depth"),
        >= LongBacklog => new CheckResult(CheckLevel.Warn, "queue", $"{Units.Count(depth.Total, "message waits", "messages wait")}", "docs/aws.md, queue-depth: at 120,000 other streams are held up"),
        _ => CheckResult.Ok("queue", $"{Units.Count(depth.Total, "message waits", "messages wait")}"),
    };

    private static CheckResult Redrive(ResourceNames names, string? policy)
    {
        if (policy is null)
        {
            return new CheckResult(CheckLevel.Fail, "queue", "it has no dead-letter queue: a message that cannot be stored holds up its stream until it expires", $"set its RedrivePolicy to {names.DeadLetters}");
        }

        using var json = JsonDocument.Parse(policy);
        var target = json.RootElement.GetProperty("deadLetterTargetArn").GetString()!.Split(':')[^1];
        var receives = int.Parse(json.RootElement.GetProperty("maxReceiveCount").ToString(), CultureInfo.InvariantCulture);
        return target != names.DeadLetters
            ? new CheckResult(CheckLevel.Warn, "queue", $"its dead letters go to {target}", $"name that queue with --dlq: {names.DeadLetters} is another one")
            : receives < FewReceives
                ? new CheckResult(CheckLevel.Warn, "queue", $"a message is set aside after {Units.Count(receives, "receive")}", $"raise queue.max_receives to {FewReceives} or more: throttled pollers count as receives too")
                : CheckResult.Ok("queue", $"a message is set aside after {Units.Count(receives, "receive")}");
    }
}
