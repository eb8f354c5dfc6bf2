using Amazon.DynamoDBStreams;
using Amazon.DynamoDBStreams.Model;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class DynamoDbStreamsTests
{
    [Fact]
    public async Task A_shard_is_read_from_a_sequence_number_on()
    {
        await using var service = new FakeService(
            (200, """{"ShardIterator":"place-1"}"""),
            (200, """
                {"NextShardIterator":"place-2","Records":[{"eventID":"e","eventName":"INSERT","awsRegion":"r","eventSource":"aws:dynamodb","userIdentity":{"PrincipalId":"dynamodb.amazonaws.com","Type":"Service"},
                "dynamodb":{"Keys":{"pk":{"S":"stream"}},"NewImage":{"pk":{"S":"stream"},"expiresAt":{"N":"5"},"more":{"L":[{"S":"x"}]}},"SequenceNumber":"100","SizeBytes":5}}]}
                """));
        using var client = Client(service);

        var iterator = (await client.GetShardIteratorAsync(new GetShardIteratorRequest
        {
            StreamArn = "arn",
            ShardId = "shard",
            ShardIteratorType = ShardIteratorType.AT_SEQUENCE_NUMBER,
            SequenceNumber = "100",
        })).ShardIterator;
        var page = await client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator });

        service.Requests.Select(sent => (sent.Headers["X-Amz-Target"], sent.Headers["Content-Type"], sent.Body)).Should().Equal(
            ("DynamoDBStreams_20120810.GetShardIterator", "application/x-amz-json-1.0", """{"SequenceNumber":"100","ShardId":"shard","ShardIteratorType":"AT_SEQUENCE_NUMBER","StreamArn":"arn"}"""),
            ("DynamoDBStreams_20120810.GetRecords", "application/x-amz-json-1.0", """{"ShardIterator":"place-1"}"""));
        service.Requests[0].Headers["Authorization"].Should().Contain("/eu-north-1/dynamodb/aws4_request");
        var record = page.Records.Should().ContainSingle().Subject;
        (record.EventName, record.UserIdentity.PrincipalId, page.NextShardIterator).Should().Be((OperationType.INSERT, "dynamodb.amazonaws.com", "place-2"));
        (record.Dynamodb.SequenceNumber, record.Dynamodb.Keys["pk"].S, record.Dynamodb.NewImage["expiresAt"].N).Should().Be(("100", "stream", "5"));
    }

    [Fact]
    public async Task A_stream_tells_its_shards_page_by_page()
    {
        await using var service = new FakeService((200, """
            {"StreamDescription":{"StreamArn":"arn","StreamStatus":"ENABLED","LastEvaluatedShardId":"shard-2",
             "Shards":[{"ShardId":"shard-1","SequenceNumberRange":{"StartingSequenceNumber":"1"}},{"ShardId":"shard-2","ParentShardId":"shard-1"}]}}
            """));
        using var client = Client(service);

        var stream = (await client.DescribeStreamAsync(new DescribeStreamRequest { StreamArn = "arn", ExclusiveStartShardId = "shard-0", Limit = 2 })).StreamDescription;

        service.Requests.Select(sent => (sent.Headers["X-Amz-Target"], sent.Body)).Should().Equal(
            ("DynamoDBStreams_20120810.DescribeStream", """{"ExclusiveStartShardId":"shard-0","Limit":2,"StreamArn":"arn"}"""));
        stream.Shards.Select(shard => $"{shard.ShardId} {shard.ParentShardId}").Should().Equal("shard-1 ", "shard-2 shard-1");
        (stream.LastEvaluatedShardId, stream.StreamArn).Should().Be(("shard-2", "arn"));
    }

    [Fact]
    public async Task What_was_trimmed_is_an_exception_of_its_own()
    {
        await using var service = new FakeService((400, """{"__type":"com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException","message":"gone"}"""));
        using var client = Client(service);

        var read = () => client.GetRecordsAsync(new GetRecordsRequest { ShardIterator = "place" });

        (await read.Should().ThrowAsync<TrimmedDataAccessException>()).Which.Message.Should().Be("gone");
    }

    private static AmazonDynamoDBStreamsClient Client(FakeService service) => new(
        new BasicAWSCredentials("AKID", "secret"), new AmazonDynamoDBStreamsConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = 0 });
}
