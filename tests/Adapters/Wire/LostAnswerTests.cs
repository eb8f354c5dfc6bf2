using Amazon.DynamoDBv2;
using Amazon.SQS;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.DynamoDb;
using DataToEvents.Adapters.S3;
using DataToEvents.Adapters.Sqs;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.S3;
using DataToEvents.Adapters.Tests.Sqs;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Tests.Wire;

/// <summary>A service takes effect, and its first response is lost. The SDK sends the call once more, and nothing happens twice.</summary>
public sealed class LostAnswerTests
{
    private readonly FakeSqs _sqs = new();
    private readonly FakeS3 _s3 = new();

    [Fact]
    public async Task A_message_that_was_taken_is_in_the_queue_once()
    {
        var wire = LosesFirst(_sqs.Answer);
        var queue = new SqsEventQueue(new AmazonSQSClient(wire.Plays(SdkSettings.Of<AmazonSQSConfig>(), retries: 1)), new SqsOptions(FakeSqs.QueueUrl, SqsOptions.QueueVariable));

        var attempts = await queue.SendAsync([Some.Event()], default);

        attempts.Should().Equal(Attempt.Done);
        wire.Requests.Should().HaveCount(2);
        _sqs.Messages.Should().ContainSingle();
    }

    [Fact]
    public async Task An_event_that_was_stored_is_a_duplicate_and_no_conflict()
    {
        var hash = Some.Event().ContentHash();
        var answers = new Queue<string>(["{}", """{"Error":{"Code":"DuplicateItem","Message":"is there","Item":{"hash":{"S":"HASH"}}}}""".Replace("HASH", hash, StringComparison.Ordinal)]);
        var wire = LosesFirst(_ => WireAnswer.Json($$"""{"Responses":[{{answers.Dequeue()}}]}"""));
        var store = new DynamoDbEventStore(new AmazonDynamoDBClient(wire.Plays(SdkSettings.Of<AmazonDynamoDBConfig>(), retries: 1)), new DynamoDbOptions("events", DynamoDbOptions.StoreVariable));

        var outcomes = await store.AppendAsync([Some.ToStore(Some.Event())], default);

        outcomes.Should().Equal(new AppendOutcome(AppendKind.Duplicate));
    }

    [Fact]
    public async Task An_object_that_was_put_stays_as_it_is()
    {
        var wire = LosesFirst(_s3.Answer);

        var reference = await new S3PayloadStore(FakeS3.Client(wire, retries: 1), FakeS3.Options).PutAsync("payload"u8.ToArray(), null, default);

        _s3.Objects.Should().ContainSingle().Which.Key.Should().Be(reference[$"s3://{FakeS3.Bucket}/".Length..]);
        wire.Requests.Should().HaveCount(2);
    }

    private static FakeAws LosesFirst(Func<WireRequest, WireAnswer> service)
    {
        var isFirst = true;
        return new FakeAws(request =>
        {
            var answer = service(request);
            (var lost, isFirst) = (isFirst, false);
            return lost ? throw new HttpRequestException("The connection was reset.", new IOException()) : answer;
        });
    }
}
