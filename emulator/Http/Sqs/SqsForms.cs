using DataToEvents.Emulator.Http.Query;

namespace DataToEvents.Emulator.Http.Sqs;

/// <summary>The names of SQS's Query protocol. Source: Amazon SQS API Reference of November 2012, and the service model of botocore 1.31.80.</summary>
internal static class SqsForms
{
    private static readonly QueryList Attributes = new("Attributes", "Name");

    private static readonly QueryList Entries = new("Entries");

    public static QueryForms All { get; } = new("sqs", "2012-11-05", "http://queue.amazonaws.com/doc/2012-11-05/")
    {
        Lists = new Dictionary<string, QueryList>
        {
            ["Attribute"] = Attributes,
            ["AttributeName"] = new("AttributeNames"),
            ["MessageAttributeName"] = new("MessageAttributeNames"),
            ["MessageSystemAttributeName"] = new("MessageSystemAttributeNames"),
            ["MessageAttribute"] = new("MessageAttributes", "Name"),
            ["MessageSystemAttribute"] = new("MessageSystemAttributes", "Name"),
            ["SendMessageBatchRequestEntry"] = Entries,
            ["DeleteMessageBatchRequestEntry"] = Entries,
            ["ChangeMessageVisibilityBatchRequestEntry"] = Entries,
            ["Tag"] = new("Tags", "Key"),
            ["CreateQueue/Tag"] = new("tags", "Key"),
            ["TagKey"] = new("TagKeys"),
        },
        Numbers = new HashSet<string> { "DelaySeconds", "MaxNumberOfMessages", "MaxNumberOfMessagesPerSecond", "MaxResults", "VisibilityTimeout", "WaitTimeSeconds" },
        Elements = new Dictionary<string, QueryList>
        {
            ["Attributes"] = new("Attribute", "Name"),
            ["Failed"] = new("BatchResultErrorEntry"),
            ["MessageAttributes"] = new("MessageAttribute", "Name"),
            ["Messages"] = new("Message"),
            ["QueueUrls"] = new("QueueUrl"),
            ["queueUrls"] = new("QueueUrl"),
            ["Results"] = new("*ResultEntry"),
            ["Successful"] = new("*ResultEntry"),
            ["Tags"] = new("Tag", "Key"),
        },
        Messages = new Dictionary<string, string> { ["AWS.SimpleQueueService.NonExistentQueue"] = "The specified queue does not exist for this wsdl version." },
        PathParameter = "QueueUrl",
    };
}
