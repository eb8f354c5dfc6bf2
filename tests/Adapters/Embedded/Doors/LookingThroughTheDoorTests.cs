using System.Text;
using System.Text.Json;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.SQS.Model;

namespace DataToEvents.Adapters.Tests.Embedded.Doors;

/// <summary>What a person looks at, and sets going, through the doors.</summary>
public sealed class LookingThroughTheDoorTests : IAsyncLifetime
{
    private OpenDoor _door = null!;

    public async Task InitializeAsync() => _door = await OpenDoor.StartAsync();

    public async Task DisposeAsync() => await _door.DisposeAsync();

    [Fact]
    public async Task The_tables_stream_is_read_page_by_page_and_from_any_sequence_number()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await PutAsync($"{number}", "first");
        }

        await PutAsync("0", "second");
        using var streams = new AmazonDynamoDBStreamsClient(new BasicAWSCredentials("any", "any"), new AmazonDynamoDBStreamsConfig { ServiceURL = _door.Url, AuthenticationRegion = "us-east-1" });
        var stream = (await streams.ListStreamsAsync(new ListStreamsRequest())).Streams.Single();
        var shard = (await streams.DescribeStreamAsync(stream.StreamArn)).StreamDescription.Shards.Single();

        var all = await ReadAsync(streams, await IteratorAsync(ShardIteratorType.TRIM_HORIZON));
        var after = await ReadAsync(streams, await IteratorAsync(ShardIteratorType.AFTER_SEQUENCE_NUMBER, all[3].Dynamodb.SequenceNumber));
        var at = await ReadAsync(streams, await IteratorAsync(ShardIteratorType.AT_SEQUENCE_NUMBER, all[3].Dynamodb.SequenceNumber));
        var none = await ReadAsync(streams, await IteratorAsync(ShardIteratorType.LATEST));

        all.Select(record => record.EventName.Value).Should().Equal("INSERT", "INSERT", "INSERT", "INSERT", "INSERT", "MODIFY");
        (all[5].Dynamodb.OldImage["note"].S, all[5].Dynamodb.NewImage["note"].S).Should().Be(("first", "second"));
        after.Select(record => record.Dynamodb.SequenceNumber).Should().Equal(all.Skip(4).Select(record => record.Dynamodb.SequenceNumber));
        at.Should().HaveCount(3);
        none.Should().BeEmpty();

        async Task<string> IteratorAsync(ShardIteratorType type, string? sequence = null) => (await streams.GetShardIteratorAsync(
            new GetShardIteratorRequest { StreamArn = stream.StreamArn, ShardId = shard.ShardId, ShardIteratorType = type, SequenceNumber = sequence })).ShardIterator;
    }

    [Fact]
    public async Task A_move_task_is_listed_when_it_is_done_and_one_of_no_dead_letter_queue_is_refused()
    {
        await _door.Sqs.SendMessageAsync(new SendMessageRequest($"{_door.Url}/000000000000/dead.fifo", "letter") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        var refused = () => _door.Sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = _door.Queue.Options.Arn });

        await _door.Sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = _door.DeadLetters.Options.Arn });
        var moved = await _door.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_door.QueueUrl) { WaitTimeSeconds = 10 });
        ListMessageMoveTasksResultEntry task;
        do
        {
            task = (await _door.Sqs.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = _door.DeadLetters.Options.Arn })).Results.Single();
        }
        while (task.Status == "RUNNING");

        moved.Messages.Single().Body.Should().Be("letter");
        (task.Status, task.ApproximateNumberOfMessagesMoved, task.ApproximateNumberOfMessagesToMove).Should().Be(("COMPLETED", 1, 1));
        (await refused.Should().ThrowAsync<Amazon.SQS.AmazonSQSException>()).WithMessage("*must be configured as a Dead Letter Queue*");
        (await _door.Sqs.ListDeadLetterSourceQueuesAsync(new ListDeadLetterSourceQueuesRequest { QueueUrl = $"{_door.Url}/000000000000/dead.fifo" })).QueueUrls
            .Should().Equal(_door.QueueUrl);
    }

    [Fact]
    public async Task Visibilities_are_changed_in_a_batch_with_an_outcome_for_each()
    {
        await _door.Sqs.SendMessageAsync(new SendMessageRequest(_door.QueueUrl, "m") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        var handle = (await _door.Sqs.ReceiveMessageAsync(_door.QueueUrl)).Messages.Single().ReceiptHandle;

        var answer = await _door.Sqs.ChangeMessageVisibilityBatchAsync(_door.QueueUrl, [new("good", handle) { VisibilityTimeout = 100 }, new("bad", "no handle") { VisibilityTimeout = 0 }]);

        answer.Successful.Select(entry => entry.Id).Should().Equal("good");
        answer.Failed.Select(entry => (entry.Id, entry.Code)).Should().Equal(("bad", "ReceiptHandleIsInvalid"));
    }

    [Fact]
    public async Task Rules_targets_and_archive_are_told_and_a_replay_is_played_in_the_background()
    {
        _door.Bus.KeepArchive(name: "kept");
        await CallAsync("PutEvents", """{"Entries":[{"Source":"s","DetailType":"d","Detail":"{\"n\":1}","EventBusName":"events"}]}""");
        (await _door.DeliveredAsync()).Should().ContainSingle();
        var bus = _door.Bus.Options.Arn;
        var archive = (await CallAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).GetProperty("ArchiveArn").GetString();
        var replay = $$"""{"ReplayName":"again","EventSourceArn":"{{archive}}","EventStartTime":0,"EventEndTime":9999999999,"Destination":{"Arn":"{{bus}}"} }""";

        var rule = (await CallAsync("ListRules", """{"EventBusName":"events"}""")).GetProperty("Rules")[0];
        var target = (await CallAsync("ListTargetsByRule", """{"Rule":"all","EventBusName":"events"}""")).GetProperty("Targets")[0];
        var started = await CallAsync("StartReplay", replay);
        var played = await _door.NextDeliveredAsync();
        JsonElement told;
        do
        {
            told = await CallAsync("DescribeReplay", """{"ReplayName":"again"}""");
        }
        while (told.GetProperty("State").GetString() != "COMPLETED");

        rule.GetProperty("EventPattern").GetString().Should().Be("""{"source":[{"prefix":""}]}""");
        target.GetProperty("Arn").GetString().Should().Be("arn:aws:lambda:us-east-1:000000000000:function:target");
        started.GetProperty("State").GetString().Should().Be("STARTING");
        Encoding.UTF8.GetString(played).Should().Contain("\"replay-name\":\"again\"");
        told.GetProperty("EventLastReplayedTime").GetDouble().Should().BePositive();
        (await CallAsync("StartReplay", replay)).GetProperty("__type").GetString().Should().Be("ResourceAlreadyExistsException");
        (await CallAsync("ListRules", """{"EventBusName":"none"}""")).GetProperty("__type").GetString().Should().Be("ResourceNotFoundException");
    }

    private Task PutAsync(string sk, string note) => _door.Dynamo.PutItemAsync("events", new() { ["pk"] = new("p"), ["sk"] = new(sk), ["note"] = new(note) });

    private static async Task<List<Record>> ReadAsync(AmazonDynamoDBStreamsClient streams, string iterator)
    {
        var records = new List<Record>();
        while (true)
        {
            var page = await streams.GetRecordsAsync(new GetRecordsRequest { ShardIterator = iterator, Limit = 2 });
            if (page.Records is not { Count: > 0 })
            {
                return records;
            }

            records.AddRange(page.Records);
            iterator = page.NextShardIterator;
        }
    }

    private async Task<JsonElement> CallAsync(string operation, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _door.Url) { Content = new StringContent(body) };
        request.Headers.Add("X-Amz-Target", $"AWSEvents.{operation}");
        request.Content.Headers.ContentType = new("application/x-amz-json-1.1");
        using var answer = await http.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
