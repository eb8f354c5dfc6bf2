using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SQS;
using Amazon.SQS.Model;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.S3;
using DataToEvents.Adapters.Tests.Sqs;
using DataToEvents.Application.EventStorer;
using NSubstitute;

namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>The adapters' calls of the SDK's clients: one for each batch, and it ends when the caller's time is up.</summary>
public sealed class InteractionTests : IDisposable
{
    private readonly CancellationTokenSource _budget = new();

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task A_batch_for_the_queue_is_one_call_within_the_callers_time()
    {
        var sqs = Substitute.For<IAmazonSQS>();
        sqs.SendMessageBatchAsync(default(SendMessageBatchRequest), default).ReturnsForAnyArgs(new SendMessageBatchResponse());

        await new SqsEventQueue(sqs, new SqsOptions(FakeSqs.QueueUrl, SqsOptions.QueueVariable)).SendAsync([Some.Event("a"), Some.Event("b")], _budget.Token);

        await sqs.Received(1).SendMessageBatchAsync(Arg.Is<SendMessageBatchRequest>(request => request.Entries.Count == 2), _budget.Token);
        sqs.ReceivedCalls().Should().ContainSingle();
    }

    [Fact]
    public async Task A_batch_for_the_bus_is_one_call_within_the_callers_time()
    {
        var bridge = Substitute.For<IAmazonEventBridge>();
        bridge.PutEventsAsync(default, default).ReturnsForAnyArgs(new PutEventsResponse { Entries = [new() { EventId = "1" }, new() { EventId = "2" }] });

        await new EventBridgePublisher(bridge, new EventBridgeOptions("events")).PublishAsync([Some.Published(Some.Event("a")), Some.Published(Some.Event("b"))], _budget.Token);

        await bridge.Received(1).PutEventsAsync(Arg.Is<PutEventsRequest>(request => request.Entries.Count == 2), _budget.Token);
        bridge.ReceivedCalls().Should().ContainSingle();
    }

    [Fact]
    public async Task A_batch_for_the_store_is_one_call_and_a_second_one_only_for_duplicates_that_came_without_their_item()
    {
        var dynamo = Substitute.For<IAmazonDynamoDB>();
        dynamo.BatchExecuteStatementAsync(default, default).ReturnsForAnyArgs(new BatchExecuteStatementResponse
        {
            Responses = [new(), new() { Error = new BatchStatementError { Code = BatchStatementErrorCodeEnum.DuplicateItem } }],
        });
        dynamo.BatchGetItemAsync(default(BatchGetItemRequest), default).ReturnsForAnyArgs(new BatchGetItemResponse());

        var outcomes = await new DynamoDbEventStore(dynamo, new DynamoDbOptions("events", DynamoDbOptions.StoreVariable))
            .AppendAsync([Some.ToStore(Some.Event("a")), Some.ToStore(Some.Event("b"))], _budget.Token);

        outcomes.Select(outcome => outcome.Kind).Should().Equal(AppendKind.Stored, AppendKind.Failed);
        await dynamo.Received(1).BatchExecuteStatementAsync(Arg.Is<BatchExecuteStatementRequest>(request => request.Statements.Count == 2), _budget.Token);
        await dynamo.Received(1).BatchGetItemAsync(Arg.Is<BatchGetItemRequest>(request => request.RequestItems["events"].Keys.Count == 1), _budget.Token);
        dynamo.ReceivedCalls().Should().HaveCount(2);
    }

    [Fact]
    public async Task An_object_is_put_with_the_hash_of_its_content_and_only_where_there_is_none()
    {
        var s3 = Substitute.For<IAmazonS3>();
        s3.PutObjectAsync(default, default).ReturnsForAnyArgs(new PutObjectResponse());

        await new S3PayloadStore(s3, FakeS3.Options).PutAsync("payload"u8.ToArray(), "text/plain", _budget.Token);

        await s3.Received(1).PutObjectAsync(
            Arg.Is<PutObjectRequest>(request => request.IfNoneMatch == "*" && request.ChecksumSHA256 == "I59Z7VXnN8dxR89VrQwbAwttfudIp0JpUvm4UtWpNeU=" && request.ContentType == "text/plain"),
            _budget.Token);
    }
}
