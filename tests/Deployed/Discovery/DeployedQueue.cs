using DataToEvents.Deployed.Tests.Permissions;

namespace DataToEvents.Deployed.Tests.Discovery;

/// <summary>An SQS queue as it is deployed.</summary>
internal sealed record DeployedQueue
{
    public required string Arn { get; init; }

    public string Name => Discovery.Arn.Resource(Arn);

    public required bool Fifo { get; init; }

    public required TimeSpan VisibilityTimeout { get; init; }

    public required TimeSpan Retention { get; init; }

    public required int MaxMessageBytes { get; init; }

    public required DeployedRedrive? Redrive { get; init; }

    public required PolicyDocument? Policy { get; init; }

    /// <summary>The customer's key that encrypts its messages; null: SQS's own.</summary>
    public required string? KeyArn { get; init; }

    public static DeployedQueue Read(Answer answer)
    {
        answer.SetAside("url");
        return answer.Object("attributes", Attributes);
    }

    private static DeployedQueue Attributes(Answer answer)
    {
        var arn = answer.Text("QueueArn");
        var fifo = answer.Has("FifoQueue") && answer.Flag("FifoQueue");
        if (fifo)
        {
            // The emulator plays only these values, and the path needs them: deduplication and throughput for each message group.
            answer.Must("DeduplicationScope", "messageGroup");
            answer.Must("FifoThroughputLimit", "perMessageGroupId");
            answer.Must("ContentBasedDeduplication", "false");
        }

        answer.Must("DelaySeconds", "0");
        var key = answer.OptionalText("KmsMasterKeyId");
        if (key is null)
        {
            answer.Must("SqsManagedSseEnabled", "true");
        }

        // Beside a key it is false on AWS and true on moto: the key decides.
        answer.SetAside("SqsManagedSseEnabled");
        answer.SetAside(
            "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesDelayed", "ApproximateNumberOfMessagesNotVisible", "CreatedTimestamp",
            "LastModifiedTimestamp", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy", "KmsDataKeyReusePeriodSeconds");
        return new DeployedQueue
        {
            Arn = arn,
            KeyArn = key,
            Fifo = fifo,
            VisibilityTimeout = answer.Seconds("VisibilityTimeout"),
            Retention = answer.Seconds("MessageRetentionPeriod"),
            MaxMessageBytes = answer.Whole("MaximumMessageSize"),
            Redrive = answer.OptionalText("RedrivePolicy") is { } redrive ? DeployedRedrive.Parse(redrive, arn) : null,
            Policy = answer.OptionalText("Policy") is { } policy ? PolicyDocument.Parse(policy, $"The policy of {arn}") : null,
        };
    }
}

/// <param name="DeadLetterArn">The dead-letter queue.</param>
/// <param name="MaxReceives">Receives after which a message goes there.</param>
internal sealed record DeployedRedrive(string DeadLetterArn, int MaxReceives)
{
    public static DeployedRedrive Parse(string json, string queue)
    {
        using var document = JsonDocument.Parse(json);
        return Answer.Read(document.RootElement, $"The redrive policy of {queue}", answer =>
            new DeployedRedrive(answer.Text("deadLetterTargetArn"), answer.Whole("maxReceiveCount")));
    }
}
