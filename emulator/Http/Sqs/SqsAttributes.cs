using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>GetQueueAttributes.</summary>
internal static class SqsAttributes
{
    public static JsonObject Of(MessageQueue queue, JsonRequest call)
    {
        var wanted = call.Texts("AttributeNames").ToHashSet();
        var attributes = Of(queue).Where(attribute => wanted.Contains("All") || wanted.Contains(attribute.Key));
        return new JsonObject { ["Attributes"] = new JsonObject(attributes.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)attribute.Value))) };
    }

    private static Dictionary<string, string> Of(MessageQueue queue)
    {
        var (options, stats) = (queue.Options, queue.Stats);
        var attributes = new Dictionary<string, string>
        {
            ["QueueArn"] = options.Arn,
            ["ApproximateNumberOfMessages"] = Number(stats.Depth - stats.InFlight),
            ["ApproximateNumberOfMessagesNotVisible"] = Number(stats.InFlight),
            ["ApproximateNumberOfMessagesDelayed"] = "0",
            // SQS reports the age only to CloudWatch, which does not exist here.
            ["ApproximateAgeOfOldestMessage"] = Number(stats.OldestAge.TotalSeconds),
            ["VisibilityTimeout"] = Number(options.VisibilityTimeout.TotalSeconds),
            ["MessageRetentionPeriod"] = Number(options.Retention.TotalSeconds),
            ["MaximumMessageSize"] = Number(options.MaxMessageBytes),
            ["DelaySeconds"] = "0",
        };
        if (options.Fifo)
        {
            attributes["FifoQueue"] = "true";
            attributes["ContentBasedDeduplication"] = "false";
            attributes["DeduplicationScope"] = "messageGroup";
            attributes["FifoThroughputLimit"] = "perMessageGroupId";
        }

        if (options.Redrive is { } redrive)
        {
            attributes["RedrivePolicy"] = $$"""{"deadLetterTargetArn":"{{redrive.DeadLetterQueue.Options.Arn}}","maxReceiveCount":{{redrive.MaxReceiveCount}}}""";
        }

        return attributes;
    }

    private static string Number(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
