namespace DataToEvents.Emulator.Tests.Http.Members;

/// <summary>
/// A right request for each operation of AWS's JSON protocols, against the account of <see cref="MembersBed"/>. <c>(Operation path)</c> stands for
/// what the sample of that operation answers at that path; without a path for nothing, after that sample.
/// </summary>
internal static partial class Samples
{
    private const string Dead = "arn:aws:sqs:us-east-1:000000000000:dead.fifo";

    private const string Queue = "arn:aws:sqs:us-east-1:000000000000:queue.fifo";

    private const string Plain = "arn:aws:sqs:us-east-1:000000000000:plain";

    private const string Handle = "(ReceiveMessage Messages.0.ReceiptHandle)";

    private const string Archive = "arn:aws:events:us-east-1:000000000000:archive/archive";

    private const string Stream = "(ListStreams Streams.0.StreamArn)";

    private const string Item = """{"pk":{"S":"p"},"sk":{"S":"s"}}""";

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByService { get; } = new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["dynamodb"] = new Dictionary<string, string>
        {
            ["PutItem"] = $$"""{"TableName":"table","Item":{{Item}} }""",
            ["UpdateItem"] = $$"""{"TableName":"table","Key":{{Item}},"UpdateExpression":"SET a = :a","ExpressionAttributeValues":{":a":{"S":"a"} } }""",
            ["DeleteItem"] = $$"""{"TableName":"table","Key":{{Item}} }""",
            ["BatchWriteItem"] = $$"""{"RequestItems":{"table":[{"PutRequest":{"Item":{{Item}} } }]} }""",
            ["TransactGetItems"] = $$"""{"TransactItems":[{"Get":{"TableName":"table","Key":{{Item}} } }]}""",
            ["DescribeTimeToLive"] = """{"TableName":"table"}""",
            ["UpdateTimeToLive"] = """{"TableName":"mine(CreateTable)","TimeToLiveSpecification":{"Enabled":true,"AttributeName":"t"} }""",
            ["TagResource"] = """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine(CreateTable)","Tags":[{"Key":"a","Value":"b"}]}""",
            ["UntagResource"] = """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine(CreateTable)","TagKeys":["a"]}""",
            ["ListTagsOfResource"] = """{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/mine(CreateTable)"}""",
            ["DescribeContinuousBackups"] = """{"TableName":"table"}""",
            ["DescribeLimits"] = "{}",
            ["TransactWriteItems"] = $$"""{"TransactItems":[{"Put":{"TableName":"table","Item":{{Item}} } }]}""",
            ["BatchExecuteStatement"] = """{"Statements":[{"Statement":"INSERT INTO \"table\" VALUE {'pk': ?, 'sk': ?}","Parameters":[{"S":"p"},{"S":"s"}]}]}""",
            ["GetItem"] = $$"""{"TableName":"table","Key":{{Item}} }""",
            ["BatchGetItem"] = $$"""{"RequestItems":{"table":{"Keys":[{{Item}}]} } }""",
            ["Query"] = """{"TableName":"table","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"p"} } }""",
            ["Scan"] = """{"TableName":"table"}""",
            ["CreateTable"] = """{"TableName":"mine","KeySchema":[{"AttributeName":"a","KeyType":"HASH"}],"AttributeDefinitions":[{"AttributeName":"a","AttributeType":"S"}],"BillingMode":"PAY_PER_REQUEST"}""",
            ["UpdateTable"] = """{"TableName":"mine(CreateTable)","DeletionProtectionEnabled":false}""",
            ["DeleteTable"] = """{"TableName":"mine(CreateTable)"}""",
            ["DescribeTable"] = """{"TableName":"table"}""",
            ["ListTables"] = "{}",
        },
        ["dynamodbstreams"] = new Dictionary<string, string>
        {
            ["ListStreams"] = "{}",
            ["DescribeStream"] = $$"""{"StreamArn":"{{Stream}}"}""",
            ["GetShardIterator"] = $$"""{"StreamArn":"{{Stream}}","ShardId":"(DescribeStream StreamDescription.Shards.0.ShardId)","ShardIteratorType":"AFTER_SEQUENCE_NUMBER","SequenceNumber":"1000"}""",
            ["GetRecords"] = """{"ShardIterator":"(GetShardIterator ShardIterator)"}""",
        },
        ["events"] = new Dictionary<string, string>
        {
            ["PutEvents"] = """{"Entries":[{"Source":"a","DetailType":"b","Detail":"{}"}]}""",
            ["CreateEventBus"] = """{"Name":"other"}""",
            ["DeleteEventBus"] = """{"Name":"other(CreateEventBus)"}""",
            ["DescribeEventBus"] = "{}",
            ["ListEventBuses"] = "{}",
            ["ListRules"] = "{}",
            ["DescribeRule"] = """{"Name":"rule"}""",
            ["PutRule"] = """{"Name":"mine","EventPattern":"{\"source\":[\"a\"]}"}""",
            ["DeleteRule"] = """{"Name":"mine"}""",
            ["EnableRule"] = """{"Name":"mine(PutRule)"}""",
            ["DisableRule"] = """{"Name":"mine(PutRule)"}""",
            ["ListTargetsByRule"] = """{"Rule":"rule"}""",
            ["ListRuleNamesByTarget"] = $$"""{"TargetArn":"{{Plain}}"}""",
            ["PutTargets"] = $$"""{"Rule":"mine(PutRule)","Targets":[{"Id":"1","Arn":"{{Plain}}"}]}""",
            ["RemoveTargets"] = """{"Rule":"mine(PutTargets)","Ids":["1"]}""",
            ["TestEventPattern"] = """{"EventPattern":"{\"source\":[\"a\"]}","Event":"{\"id\":\"1\",\"account\":\"1\",\"source\":\"a\",\"time\":\"2026-11-30T00:00:00Z\",\"region\":\"r\",\"resources\":[],\"detail-type\":\"t\"}"}""",
            ["CreateArchive"] = """{"ArchiveName":"mine","EventSourceArn":"arn:aws:events:us-east-1:000000000000:event-bus/default"}""",
            ["UpdateArchive"] = """{"ArchiveName":"mine(CreateArchive)","RetentionDays":1}""",
            ["DeleteArchive"] = """{"ArchiveName":"mine(CreateArchive)"}""",
            ["ListArchives"] = "{}",
            ["DescribeArchive"] = """{"ArchiveName":"archive"}""",
            ["StartReplay"] = $$"""{"ReplayName":"replay","EventSourceArn":"{{Archive}}","EventStartTime":1,"EventEndTime":2,"Destination":{"Arn":"arn:aws:events:us-east-1:000000000000:event-bus/default"} }""",
            ["CancelReplay"] = """{"ReplayName":"replay(StartReplay)"}""",
            ["DescribeReplay"] = """{"ReplayName":"replay(StartReplay)"}""",
            ["ListReplays"] = "{}",
        },
        ["firehose"] = new Dictionary<string, string>
        {
            ["PutRecord"] = """{"DeliveryStreamName":"stream","Record":{"Data":"eA=="} }""",
            ["PutRecordBatch"] = """{"DeliveryStreamName":"stream","Records":[{"Data":"eA=="}]}""",
            ["DescribeDeliveryStream"] = """{"DeliveryStreamName":"stream"}""",
            ["ListDeliveryStreams"] = "{}",
        },
        ["sqs"] = new Dictionary<string, string>
        {
            ["SendMessage"] = """{"QueueUrl":"plain","MessageBody":"x"}""",
            ["SendMessageBatch"] = """{"QueueUrl":"plain","Entries":[{"Id":"1","MessageBody":"x"}]}""",
            ["ReceiveMessage"] = """{"QueueUrl":"plain"}""",
            ["DeleteMessage"] = $$"""{"QueueUrl":"plain","ReceiptHandle":"{{Handle}}"}""",
            ["DeleteMessageBatch"] = $$"""{"QueueUrl":"plain","Entries":[{"Id":"1","ReceiptHandle":"{{Handle}}"}]}""",
            ["ChangeMessageVisibility"] = $$"""{"QueueUrl":"plain","ReceiptHandle":"{{Handle}}","VisibilityTimeout":30}""",
            ["ChangeMessageVisibilityBatch"] = $$"""{"QueueUrl":"plain","Entries":[{"Id":"1","ReceiptHandle":"{{Handle}}","VisibilityTimeout":30}]}""",
            ["CreateQueue"] = """{"QueueName":"mine"}""",
            ["DeleteQueue"] = """{"QueueUrl":"(CreateQueue QueueUrl)"}""",
            ["SetQueueAttributes"] = """{"QueueUrl":"plain","Attributes":{"VisibilityTimeout":"20"} }""",
            ["TagQueue"] = """{"QueueUrl":"plain","Tags":{"a":"b"} }""",
            ["UntagQueue"] = """{"QueueUrl":"plain","TagKeys":["a"]}""",
            ["ListQueueTags"] = """{"QueueUrl":"plain"}""",
            ["PurgeQueue"] = """{"QueueUrl":"plain"}""",
            ["GetQueueUrl"] = """{"QueueName":"plain"}""",
            ["GetQueueAttributes"] = """{"QueueUrl":"plain","AttributeNames":["All"]}""",
            ["ListQueues"] = "{}",
            ["ListDeadLetterSourceQueues"] = """{"QueueUrl":"dead.fifo"}""",
            ["StartMessageMoveTask"] = $$"""{"SourceArn":"{{Dead}}","DestinationArn":"{{Queue}}","MaxNumberOfMessagesPerSecond":1}""",
            ["ListMessageMoveTasks"] = $$"""{"SourceArn":"{{Dead}}"}""",
            ["CancelMessageMoveTask"] = """{"TaskHandle":"(StartMessageMoveTask TaskHandle)"}""",
        },
    };

    /// <summary>The sample of an operation, with what others answer in it.</summary>
    public static async Task<JsonObject> OfAsync(MembersBed bed, string service, string operation)
    {
        var text = ByService[service][operation];
        for (var needed = Needed().Match(text); needed.Success; needed = Needed().Match(text))
        {
            var answer = await bed.CallAsync(bed.JsonServices[service], needed.Groups[1].Value, await OfAsync(bed, service, needed.Groups[1].Value));
            var value = !needed.Groups[2].Success ? "" : needed.Groups[2].Value.Split('.').Aggregate(JsonNode.Parse(answer.Body), static (node, name) => node is JsonArray list ? list[int.Parse(name, CultureInfo.InvariantCulture)] : node![name]);
            text = text.Replace(needed.Value, (string)value!, StringComparison.Ordinal);
        }

        return (JsonObject)JsonNode.Parse(text)!;
    }

    [GeneratedRegex(@"\((\w+)(?: ([\w.]+))?\)")]
    private static partial Regex Needed();
}
