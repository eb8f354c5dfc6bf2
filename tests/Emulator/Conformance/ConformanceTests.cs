using System.Xml.Linq;
using DataToEvents.Emulator.Tests.Http;
using DataToEvents.Emulator.Tests.Http.DynamoDb;
using DataToEvents.Emulator.Tests.Http.EventBridge;
using DataToEvents.Emulator.Tests.Http.S3;
using DataToEvents.Emulator.Tests.Http.Sqs;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Conformance;

/// <summary>
/// Recorded cases of the other tests, asked of any endpoint: <c>make conformance ENDPOINT=URL|aws</c>. Status and code are compared, and not the words, which differ between regions. Each case
/// deletes what it made.
/// </summary>
public sealed class ConformanceTests(ConformanceTarget target) : IClassFixture<ConformanceTarget>
{
    private const string Events = "AWSEvents";
    private const string Dynamo = "DynamoDB_20120810";

    [Theory]
    [MemberData(nameof(SqsRecordedTests.Refusals), MemberType = typeof(SqsRecordedTests))]
    public async Task A_call_of_SQS_is_refused(string test, string? attributes, string operation, string request, string refusal, bool isQuery)
    {
        var sqs = new SqsCaller(target.Client("sqs"), isQuery);
        var isFifo = attributes?.Contains("FifoQueue", StringComparison.Ordinal) == true;
        var name = $"{target.Prefix}-{Guid.NewGuid():N}{(isFifo ? ".fifo" : "")}";
        var url = attributes is null ? "" : (string)JsonNode.Parse((await sqs.CallAsync("CreateQueue", $$"""{"QueueName":"{{name}}","Attributes":{{attributes}}}""")).Body)!["QueueUrl"]!;
        var own = request.Replace("\"QueueUrl\":\"q.fifo\"", $"\"QueueUrl\":\"{url}\"", StringComparison.Ordinal).Replace("\"QueueUrl\":\"q\"", $"\"QueueUrl\":\"{url}\"", StringComparison.Ordinal)
            .Replace("\"QueueName\":\"q.fifo\"", $"\"QueueName\":\"{name}\"", StringComparison.Ordinal).Replace("\"QueueName\":\"q\"", $"\"QueueName\":\"{name}\"", StringComparison.Ordinal);

        var answer = await sqs.RefusalAsync(operation, own);

        if (url.Length > 0)
        {
            await sqs.CallAsync("DeleteQueue", $$"""{"QueueUrl":"{{url}}"}""");
        }

        answer.Split(':')[0].Should().Be(refusal.Split(':')[0], test);
    }

    [Theory]
    [MemberData(nameof(EventBridgeRecordedTests.InvalidEntries), MemberType = typeof(EventBridgeRecordedTests))]
    public async Task An_entry_of_PutEvents_fails_alone(string entry, string code, string message)
    {
        var answer = await EndpointResponse.ToAsync(target.Client("events"), $"{Events}.PutEvents", $$"""{"Entries":[{{entry}}]}""");

        var told = JsonNode.Parse(answer.Body)!["Entries"]![0]!;
        (answer.Status, (string?)told["ErrorCode"]).Should().Be((200, code), message);
    }

    [Theory]
    [MemberData(nameof(OwnTableTests.InvalidTables), MemberType = typeof(OwnTableTests))]
    public async Task A_table_is_refused(string members, string reason)
    {
        var answer = await DynamoAsync("CreateTable", $$"""{"TableName":"{{target.Prefix}}-refused","BillingMode":"PAY_PER_REQUEST",{{members}}}""");

        if (answer.Status == 200)
        {
            await DynamoAsync("DeleteTable", $$"""{"TableName":"{{target.Prefix}}-refused"}""");
        }

        (answer.Status, answer.Refusal.Split(':')[0].Split('#')[^1]).Should().Be((400, "ValidationException"), reason);
    }

    // dynamodb: test_table_crud, test_create_duplicate_table, test_gsi_with_billing_mode.
    [Fact]
    public async Task A_table_with_an_index_is_made_read_and_deleted()
    {
        var table = $"{target.Prefix}-table";
        var request = $$$"""
            {"TableName":"{{{table}}}","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"TID","KeyType":"HASH"}],
             "AttributeDefinitions":[{"AttributeName":"TID","AttributeType":"S"},{"AttributeName":"n","AttributeType":"N"}],
             "GlobalSecondaryIndexes":[{"IndexName":"by-number","KeySchema":[{"AttributeName":"n","KeyType":"HASH"}],"Projection":{"ProjectionType":"KEYS_ONLY"}}]}
            """;
        (await DynamoAsync("CreateTable", request)).Json.Should().Contain("\"TableStatus\":\"CREATING\"");
        try
        {
            await UseAsync(table, request);
        }
        finally
        {
            (await DynamoAsync("DeleteTable", $$"""{"TableName":"{{table}}"}""")).Json.Should().Contain("\"TableStatus\":\"DELETING\"");
        }
    }

    [Theory]
    [MemberData(nameof(S3RecordedUploadTests.RefusedConditions), MemberType = typeof(S3RecordedUploadTests))]
    public async Task A_condition_of_a_write_is_refused(string conditions, string error)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{target.Bucket}/{target.Prefix}-none") { Content = new ByteArrayContent([]) };
        foreach (var condition in conditions.Split(';').Select(static condition => condition.Split('=')))
        {
            request.Headers.TryAddWithoutValidation(condition[0], condition[1]);
        }

        var answer = await EndpointResponse.ToAsync(target.Client("s3"), request);
        if (answer.Status == 200)
        {
            using var deletion = new HttpRequestMessage(HttpMethod.Delete, $"{target.Bucket}/{target.Prefix}-none");
            await EndpointResponse.ToAsync(target.Client("s3"), deletion);
        }

        $"{answer.Status} {XElement.Parse(answer.Body).Element("Code")?.Value}".Should().Be(error.Split(',')[0]);
    }

    /// <summary>The example of the AWS General Reference, "Examples of the complete Signature Version 4 signing process".</summary>
    [Fact]
    public void Requests_are_signed_as_AWS_wants_them()
    {
        using var handler = new SignedHandler("iam", "us-east-1", new AccessKey("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null), new FakeTimeProvider(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08") { Content = new ByteArrayContent([]) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");

        handler.Sign(request, []);

        request.Headers.GetValues("Authorization").Single().Should().Be(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    private async Task UseAsync(string table, string request)
    {
        (await DynamoAsync("CreateTable", request)).Refusal.Should().StartWith("400 com.amazonaws.dynamodb.v20120810#ResourceInUseException");
        using var tries = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (!(await DynamoAsync("DescribeTable", $$"""{"TableName":"{{table}}"}""")).Json.Contains("\"TableStatus\":\"ACTIVE\"", StringComparison.Ordinal))
        {
            await tries.WaitForNextTickAsync();
        }

        await DynamoAsync("PutItem", $$$$"""{"TableName":"{{{{table}}}}","Item":{"TID":{"S":"a"},"n":{"N":"1.50"},"x":{"S":"y"}}}""");
        (await DynamoAsync("GetItem", $$$"""{"TableName":"{{{table}}}","Key":{"TID":{"S":"a"}},"ConsistentRead":true,"ProjectionExpression":"n"}""")).Json.Should().Be("""{"Item":{"n":{"N":"1.5"}}}""");
        (await DynamoAsync("PutItem", $$$$"""{"TableName":"{{{{table}}}}","Item":{"TID":{"S":"b"},"n":{"S":"1"}}}""")).Refusal.Should().StartWith("400 ").And.Contain("ValidationException");
        var read = $$$$"""{"TableName":"{{{{table}}}}","IndexName":"by-number","KeyConditionExpression":"n = :n","ExpressionAttributeValues":{":n":{"N":"1.5"}}}""";
        // AWS brings its indexes up to date a little later.
        var found = JsonNode.Parse((await DynamoAsync("Query", read)).Body)!;
        while ((int)found["Count"]! == 0)
        {
            await tries.WaitForNextTickAsync();
            found = JsonNode.Parse((await DynamoAsync("Query", read)).Body)!;
        }

        found["Items"]![0]!.AsObject().Select(static member => member.Key).Should().BeEquivalentTo("TID", "n");
    }

    private Task<EndpointResponse> DynamoAsync(string operation, string body) => EndpointResponse.ToAsync(target.Client("dynamodb"), $"{Dynamo}.{operation}", body);
}
