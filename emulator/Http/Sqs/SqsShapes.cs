namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>The members that requests of SQS may have here, with a list for each operation.</summary>
internal static class SqsShapes
{
    // SQS keeps StringListValues and BinaryListValues for later use, and refuses them too.
    private static readonly RequestShape Attribute = new("DataType", "StringValue", "BinaryValue");

    private static readonly RequestMember[] Message =
    [
        "MessageBody", "MessageGroupId", "MessageDeduplicationId", "DelaySeconds", new("MessageAttributes") { Each = Attribute }, new("MessageSystemAttributes") { Each = Attribute },
    ];

    public static IReadOnlyDictionary<string, RequestShape> Operations { get; } = new Dictionary<string, RequestShape>
    {
        ["SendMessage"] = new(["QueueUrl", .. Message]),
        ["SendMessageBatch"] = new("QueueUrl", new RequestMember("Entries") { Each = new(["Id", .. Message]) }),
        ["ReceiveMessage"] = new("QueueUrl", "AttributeNames", "MessageSystemAttributeNames", "MessageAttributeNames", "MaxNumberOfMessages", "VisibilityTimeout", "WaitTimeSeconds"),
        ["DeleteMessage"] = new("QueueUrl", "ReceiptHandle"),
        ["DeleteMessageBatch"] = new("QueueUrl", new RequestMember("Entries") { Each = new("Id", "ReceiptHandle") }),
        ["ChangeMessageVisibility"] = new("QueueUrl", "ReceiptHandle", "VisibilityTimeout"),
        ["ChangeMessageVisibilityBatch"] = new("QueueUrl", new RequestMember("Entries") { Each = new("Id", "ReceiptHandle", "VisibilityTimeout") }),
        ["CreateQueue"] = new("QueueName", "Attributes", "tags"),
        ["DeleteQueue"] = new("QueueUrl"),
        ["PurgeQueue"] = new("QueueUrl"),
        ["GetQueueUrl"] = new("QueueName", "QueueOwnerAWSAccountId"),
        ["GetQueueAttributes"] = new("QueueUrl", "AttributeNames"),
        ["SetQueueAttributes"] = new("QueueUrl", "Attributes"),
        ["ListQueues"] = new("QueueNamePrefix", "MaxResults", "NextToken"),
        ["ListDeadLetterSourceQueues"] = new("QueueUrl", "MaxResults", "NextToken"),
        ["TagQueue"] = new("QueueUrl", "Tags"),
        ["UntagQueue"] = new("QueueUrl", "TagKeys"),
        ["ListQueueTags"] = new("QueueUrl"),
        ["StartMessageMoveTask"] = new("SourceArn", "DestinationArn", "MaxNumberOfMessagesPerSecond"),
        ["ListMessageMoveTasks"] = new("SourceArn", "MaxResults"),
        ["CancelMessageMoveTask"] = new("TaskHandle"),
    };
}
