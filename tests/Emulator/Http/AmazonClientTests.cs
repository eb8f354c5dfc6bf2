using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Emulator.Http;
using DataToEvents.Emulator.Server;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Amazon's SDK, and clients that send invalid calls, against the endpoint.</summary>
public sealed class AmazonClientTests : IAsyncLifetime
{
    private static readonly string[] AllAttributes = ["All"];

    private TestEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_endpoint.Url) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task A_message_is_sent_received_and_deleted_by_amazons_client()
    {
        var url = (await _endpoint.Sqs.GetQueueUrlAsync("events.fifo")).QueueUrl;
        var sent = await _endpoint.Sqs.SendMessageAsync(new SendMessageRequest(url, "José \"😀\"") { MessageGroupId = "g", MessageDeduplicationId = "d" });

        var received = (await _endpoint.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(url) { MessageSystemAttributeNames = ["All"] })).Messages.Single();
        await _endpoint.Sqs.DeleteMessageAsync(url, received.ReceiptHandle);

        (received.MessageId, received.Body, received.Attributes["MessageGroupId"]).Should().Be((sent.MessageId, "José \"😀\"", "g"));
        (await _endpoint.Sqs.GetQueueAttributesAsync(url, [.. AllAttributes])).ApproximateNumberOfMessages.Should().Be(0);
    }

    [Fact]
    public async Task Message_attributes_come_back_with_the_checksum_that_amazons_client_expects()
    {
        var sent = new SendMessageRequest(_endpoint.QueueUrl, "body")
        {
            MessageGroupId = "g",
            MessageDeduplicationId = "d",
            MessageAttributes = new() { ["RULE_ARN"] = new() { DataType = "String", StringValue = "arn:é" }, ["A"] = new() { DataType = "String", StringValue = "1" } },
        };
        await _endpoint.Sqs.SendMessageAsync(sent);

        var received = (await _endpoint.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_endpoint.QueueUrl) { MessageAttributeNames = ["All"] })).Messages.Single();

        received.MessageAttributes.ToDictionary(attribute => attribute.Key, attribute => attribute.Value.StringValue)
            .Should().Equal(new Dictionary<string, string> { ["A"] = "1", ["RULE_ARN"] = "arn:é" });
    }

    [Fact]
    public async Task A_trace_header_is_the_only_system_attribute_that_a_message_may_have()
    {
        const string Header = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";
        SendMessageRequest Sent(string id, string attribute) => new(_endpoint.QueueUrl, "body")
        {
            MessageGroupId = id,
            MessageDeduplicationId = id,
            MessageSystemAttributes = new() { [attribute] = new() { DataType = "String", StringValue = Header } },
        };
        await _endpoint.Sqs.SendMessageAsync(Sent("g", "AWSTraceHeader"));
        var other = () => _endpoint.Sqs.SendMessageAsync(Sent("h", "SenderId"));

        (await other.Should().ThrowAsync<AmazonSQSException>()).Which.ErrorCode.Should().Be("InvalidParameterValue");
        var asked = new ReceiveMessageRequest(_endpoint.QueueUrl) { MessageSystemAttributeNames = ["AWSTraceHeader"], MessageAttributeNames = ["All"] };
        var received = (await _endpoint.Sqs.ReceiveMessageAsync(asked)).Messages.Single();

        received.Attributes.Should().Equal(new Dictionary<string, string> { ["AWSTraceHeader"] = Header });
        received.MessageAttributes.Should().BeNullOrEmpty("it is the system's, not the message's");
    }

    [Fact]
    public async Task Dead_letters_are_moved_back_by_amazons_client()
    {
        await _endpoint.Sqs.SendMessageAsync(new SendMessageRequest(_endpoint.QueueUrl, "poison") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        var received = (await _endpoint.Sqs.ReceiveMessageAsync(_endpoint.QueueUrl)).Messages.Single();
        await _endpoint.Sqs.ChangeMessageVisibilityAsync(_endpoint.QueueUrl, received.ReceiptHandle, 0);
        (await _endpoint.Sqs.ReceiveMessageAsync(_endpoint.QueueUrl)).Messages.Should().BeNullOrEmpty();

        await _endpoint.Sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = _endpoint.DeadLetters.Options.Arn });

        var again = await _endpoint.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_endpoint.QueueUrl) { WaitTimeSeconds = 10 });
        again.Messages.Should().ContainSingle().Which.Body.Should().Be("poison");
    }

    [Fact]
    public async Task Errors_of_a_queue_have_the_types_that_amazons_client_knows()
    {
        var missing = () => _endpoint.Sqs.SendMessageAsync($"{_endpoint.Url}/000000000000/none.fifo", "x");
        var handle = () => _endpoint.Sqs.DeleteMessageAsync(_endpoint.QueueUrl, "no handle");

        await missing.Should().ThrowAsync<QueueDoesNotExistException>();
        await handle.Should().ThrowAsync<ReceiptHandleIsInvalidException>();
    }

    [Fact]
    public async Task A_failed_condition_returns_the_item_in_its_error()
    {
        await _endpoint.Dynamo.PutItemAsync("events", Item("1", "first"));
        var again = () => _endpoint.Dynamo.PutItemAsync(new PutItemRequest("events", Item("1", "second"))
        {
            ConditionExpression = "attribute_not_exists(pk) OR (#n = :n AND NOT begins_with(note, :n))",
            ExpressionAttributeNames = new() { ["#n"] = "note" },
            ExpressionAttributeValues = new() { [":n"] = new("other") },
            ReturnValuesOnConditionCheckFailure = "ALL_OLD",
        });

        (await again.Should().ThrowAsync<ConditionalCheckFailedException>()).Which.Item["note"].S.Should().Be("first");
    }

    [Fact]
    public async Task A_query_has_bounds_order_and_pages()
    {
        foreach (var number in Enumerable.Range(0, 9))
        {
            await _endpoint.Dynamo.PutItemAsync("events", Item($"a-{number}", "x"));
        }

        await _endpoint.Dynamo.PutItemAsync("events", Item("b", "x"));

        (await KeysAsync("begins_with(sk, :low)", "a-", forward: true)).Should().Equal(Enumerable.Range(0, 9).Select(number => $"a-{number}"));
        (await KeysAsync("sk BETWEEN :low AND :high", "a-2", "a-4", forward: false)).Should().Equal("a-4", "a-3", "a-2");
        (await KeysAsync("sk > :low", "a-7", forward: true)).Should().Equal("a-8", "b");
        (await KeysAsync("sk < :low", "a-2", forward: true)).Should().Equal("a-0", "a-1");
    }

    [Fact]
    public async Task An_object_is_put_in_chunks_found_listed_and_deleted_by_amazons_client()
    {
        using var s3 = _endpoint.S3;
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = TestEndpoint.Bucket, Key = "a/José 1.txt", ContentBody = "content" });

        var head = await s3.GetObjectMetadataAsync(TestEndpoint.Bucket, "a/José 1.txt");
        var listed = await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TestEndpoint.Bucket, Prefix = "a/" });
        await s3.DeleteObjectAsync(TestEndpoint.Bucket, "a/José 1.txt");
        var missing = () => s3.GetObjectAsync(TestEndpoint.Bucket, "a/José 1.txt");

        head.ContentLength.Should().Be(7);
        listed.S3Objects.Should().ContainSingle().Which.Key.Should().Be("a/José 1.txt");
        (await missing.Should().ThrowAsync<AmazonS3Exception>()).Which.ErrorCode.Should().Be("NoSuchKey");
    }

    [Theory]
    [InlineData("AmazonSQS.SendMessage", "application/x-amz-json-1.0", "{", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("AmazonSQS.SendMessage", "application/x-amz-json-1.0", "[]", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("AmazonSQS.SendMessage", "application/x-amz-json-1.0", """{"QueueUrl":5}""", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("AmazonSQS.SendMessage", "application/x-amz-json-1.0", """{"QueueUrl":"\ud800"}""", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("AmazonSQS.SendMessage", "application/x-amz-json-1.0", "{}", HttpStatusCode.BadRequest, "MissingRequiredParameterException")]
    [InlineData("AmazonSQS.Explode", "application/x-amz-json-1.0", "{}", HttpStatusCode.BadRequest, "UnknownOperationException")]
    [InlineData("AmazonSQS.SendMessage", "text/html", "{}", HttpStatusCode.NotFound, "UnknownOperationException")]
    [InlineData("NoService.Call", "application/x-amz-json-1.0", "{}", HttpStatusCode.NotFound, "UnknownOperationException")]
    [InlineData("DynamoDB_20120810.PutItem", "application/x-amz-json-1.0", """{"TableName":"events","Item":{"pk":{"S":5},"sk":7}}""", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("DynamoDB_20120810.GetItem", "application/x-amz-json-1.0", """{"TableName":"events","Key":{"pk":{"S":5},"sk":{"S":"x"}}}""", HttpStatusCode.BadRequest, "SerializationException")]
    [InlineData("DynamoDB_20120810.Query", "application/x-amz-json-1.0", """{"TableName":"events","KeyConditionExpression":"pk = "}""", HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData("DynamoDB_20120810.GetItem", "application/x-amz-json-1.0", """{"TableName":"none","Key":{}}""", HttpStatusCode.BadRequest, "ResourceNotFoundException")]
    public async Task An_invalid_call_gets_an_error_in_the_form_of_AWS(string target, string contentType, string body, HttpStatusCode status, string type)
    {
        using var answer = await PostAsync(target, contentType, new StringContent(body));

        (answer.StatusCode, answer.Headers.GetValues("x-amzn-ErrorType").Single()).Should().Be((status, type));
        (await answer.Content.ReadAsStringAsync()).Should().Contain($"{type}\"").And.Contain("\"message\"");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_with_and_without_a_content_length()
    {
        using var announced = await PostAsync("AWSEvents.PutEvents", "application/x-amz-json-1.1", new ByteArrayContent(new byte[7 * 1024 * 1024]));
        using var streamed = await PostAsync("AWSEvents.PutEvents", "application/x-amz-json-1.1", new StreamContent(new EndlessStream(7 * 1024 * 1024)));

        announced.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
        streamed.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_second_endpoint_at_the_same_port_is_refused_with_the_port()
    {
        var second = () => EmulatorEndpoint.StartAsync(new EmulatorEndpointOptions { Port = _endpoint.Endpoint.Port, OnFault = _ => { } });

        (await second.Should().ThrowAsync<PortInUseException>()).Which.Port.Should().Be(_endpoint.Endpoint.Port);
    }

    private static Dictionary<string, AttributeValue> Item(string sk, string note) => new() { ["pk"] = new("p"), ["sk"] = new(sk), ["note"] = new(note) };

    private async Task<List<string>> KeysAsync(string condition, string low, string? high = null, bool forward = true)
    {
        var request = new QueryRequest("events")
        {
            KeyConditionExpression = $"pk = :pk AND {condition}",
            ExpressionAttributeValues = new() { [":pk"] = new("p"), [":low"] = new(low) },
            ScanIndexForward = forward,
            Limit = 2,
        };
        if (high is not null)
        {
            request.ExpressionAttributeValues[":high"] = new(high);
        }

        var keys = new List<string>();
        do
        {
            var answer = await _endpoint.Dynamo.QueryAsync(request);
            keys.AddRange((answer.Items ?? []).Select(item => item["sk"].S));
            request.ExclusiveStartKey = answer.LastEvaluatedKey;
        }
        while (request.ExclusiveStartKey is { Count: > 0 });
        return keys;
    }

    private async Task<HttpResponseMessage> PostAsync(string target, string contentType, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content };
        request.Headers.Add("X-Amz-Target", target);
        content.Headers.ContentType = new(contentType);
        return await _http.SendAsync(request);
    }

    /// <summary>A stream that does not report its length.</summary>
    private sealed class EndlessStream(int length) : Stream
    {
        private int _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(count, _left);
            Encoding.ASCII.GetBytes(new string(' ', read)).CopyTo(buffer, offset);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
