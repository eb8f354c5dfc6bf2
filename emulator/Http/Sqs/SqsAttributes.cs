using System.Globalization;
using System.Text.Json;
using DataToEvents.Emulator.Http.Json;
using DataToEvents.Emulator.Queues;

namespace DataToEvents.Emulator.Http.Sqs;

internal static class SqsAttributes
{
    public static Task WriteAsync(MessageQueue queue, JsonRequest call, Utf8JsonWriter answer)
    {
        var wanted = call.Texts("AttributeNames").ToHashSet();
        answer.WriteStartObject();
        answer.WriteStartObject("Attributes");
        foreach (var (name, value) in Of(queue).Where(attribute => wanted.Contains("All") || wanted.Contains(attribute.Key)))
        {
            answer.WriteString(name, value);
        }

        answer.WriteEndObject();
        answer.WriteEndObject();
        return Task.CompletedTask;
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
            // SQS itself tells the age to CloudWatch only; there is no CloudWatch here.
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
