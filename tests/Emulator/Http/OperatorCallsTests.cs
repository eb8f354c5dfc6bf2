using Amazon.DynamoDBv2.Model;
using Amazon.SQS.Model;

namespace DataToEvents.Emulator.Tests.Http;

/// <summary>Calls with which an operator looks at queues, tables and buses, and starts tasks, with Amazon's clients.</summary>
public sealed class OperatorCallsTests : IAsyncLifetime
{
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync();

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_tables_stream_is_read_page_by_page_and_from_any_sequence_number()
    {
        foreach (var number in Enumerable.Range(0, 5))
        {
            await PutAsync($"{number}", "first");
        }

        await PutAsync("0", "second");
        var stream = (await StreamsAsync("ListStreams", "{}")).GetProperty("Streams")[0].GetProperty("StreamArn").GetString()!;
        var shard = (await StreamsAsync("DescribeStream", $$"""{"StreamArn":"{{stream}}"}""")).GetProperty("StreamDescription").GetProperty("Shards")[0].GetProperty("ShardId").GetString()!;

        var all = await ReadAsync(stream, shard, "TRIM_HORIZON");
        var after = await ReadAsync(stream, shard, "AFTER_SEQUENCE_NUMBER", Sequence(all[3]));
        var at = await ReadAsync(stream, shard, "AT_SEQUENCE_NUMBER", Sequence(all[3]));
        var none = await ReadAsync(stream, shard, "LATEST");

        all.Select(record => record.GetProperty("eventName").GetString()).Should().Equal("INSERT", "INSERT", "INSERT", "INSERT", "INSERT", "MODIFY");
        (Note(all[5], "OldImage"), Note(all[5], "NewImage")).Should().Be(("first", "second"));
        after.Select(Sequence).Should().Equal(all.Skip(4).Select(Sequence));
        at.Should().HaveCount(3);
        none.Should().BeEmpty();
    }

    [Fact]
    public async Task A_finished_move_task_is_listed_and_a_task_for_another_queue_than_a_dead_letter_queue_is_refused()
    {
        await _endpoint.Sqs.SendMessageAsync(new SendMessageRequest($"{_endpoint.Url}/000000000000/dead.fifo", "letter") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        var refused = () => _endpoint.Sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = _endpoint.Queue.Options.Arn });

        await _endpoint.Sqs.StartMessageMoveTaskAsync(new StartMessageMoveTaskRequest { SourceArn = _endpoint.DeadLetters.Options.Arn, DestinationArn = _endpoint.Queue.Options.Arn });
        var moved = await _endpoint.Sqs.ReceiveMessageAsync(new ReceiveMessageRequest(_endpoint.QueueUrl) { WaitTimeSeconds = 10 });
        ListMessageMoveTasksResultEntry task;
        do
        {
            task = (await _endpoint.Sqs.ListMessageMoveTasksAsync(new ListMessageMoveTasksRequest { SourceArn = _endpoint.DeadLetters.Options.Arn })).Results.Single();
        }
        while (task.Status == "RUNNING");

        moved.Messages.Single().Body.Should().Be("letter");
        (task.Status, task.ApproximateNumberOfMessagesMoved, task.ApproximateNumberOfMessagesToMove).Should().Be(("COMPLETED", 1, 1));
        (await refused.Should().ThrowAsync<Amazon.SQS.AmazonSQSException>()).WithMessage("*must be configured as a Dead Letter Queue*");
        (await _endpoint.Sqs.ListDeadLetterSourceQueuesAsync(new ListDeadLetterSourceQueuesRequest { QueueUrl = $"{_endpoint.Url}/000000000000/dead.fifo" })).QueueUrls
            .Should().Equal(_endpoint.QueueUrl);
    }

    [Fact]
    public async Task Visibilities_are_changed_in_a_batch_with_an_outcome_for_each()
    {
        await _endpoint.Sqs.SendMessageAsync(new SendMessageRequest(_endpoint.QueueUrl, "m") { MessageGroupId = "g", MessageDeduplicationId = "d" });
        var handle = (await _endpoint.Sqs.ReceiveMessageAsync(_endpoint.QueueUrl)).Messages.Single().ReceiptHandle;

        var answer = await _endpoint.Sqs.ChangeMessageVisibilityBatchAsync(_endpoint.QueueUrl, [new("good", handle) { VisibilityTimeout = 100 }, new("bad", "no handle") { VisibilityTimeout = 0 }]);

        answer.Successful.Select(entry => entry.Id).Should().Equal("good");
        answer.Failed.Select(entry => (entry.Id, entry.Code)).Should().Equal(("bad", "ReceiptHandleIsInvalid"));
    }

    [Fact]
    public async Task Rules_targets_and_archive_are_listed_and_a_replay_runs_in_the_background()
    {
        _endpoint.Bus.Archive.Keep(name: "kept");
        await CallAsync("PutEvents", """{"Entries":[{"Source":"s","DetailType":"d","Detail":"{\"n\":1}","EventBusName":"events"}]}""");
        (await _endpoint.DeliveredAsync()).Should().ContainSingle();
        var bus = _endpoint.Bus.Options.Arn;
        var archive = (await CallAsync("DescribeArchive", """{"ArchiveName":"kept"}""")).GetProperty("ArchiveArn").GetString();
        var replay = $$"""{"ReplayName":"again","EventSourceArn":"{{archive}}","EventStartTime":0,"EventEndTime":9999999999,"Destination":{"Arn":"{{bus}}"} }""";

        var rule = (await CallAsync("ListRules", """{"EventBusName":"events","NamePrefix":"all"}""")).GetProperty("Rules")[0];
        var target = (await CallAsync("ListTargetsByRule", """{"Rule":"all","EventBusName":"events"}""")).GetProperty("Targets")[0];
        var started = await CallAsync("StartReplay", replay);
        var played = await _endpoint.NextDeliveredAsync();
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

    private async Task PutAsync(string sk, string note) => await _endpoint.Dynamo.PutItemAsync("events", new Dictionary<string, AttributeValue> { ["pk"] = new("p"), ["sk"] = new(sk), ["note"] = new(note) });

    private async Task<List<JsonElement>> ReadAsync(string stream, string shard, string type, string sequence = "1")
    {
        var from = await StreamsAsync("GetShardIterator", $$"""{"StreamArn":"{{stream}}","ShardId":"{{shard}}","ShardIteratorType":"{{type}}","SequenceNumber":"{{sequence}}"}""");
        var iterator = from.GetProperty("ShardIterator").GetString();
        var records = new List<JsonElement>();
        while (true)
        {
            var page = await StreamsAsync("GetRecords", $$"""{"ShardIterator":"{{iterator}}","Limit":2}""");
            if (page.GetProperty("Records").GetArrayLength() == 0)
            {
                return records;
            }

            records.AddRange(page.GetProperty("Records").EnumerateArray());
            iterator = page.GetProperty("NextShardIterator").GetString();
        }
    }

    private static string Sequence(JsonElement record) => record.GetProperty("dynamodb").GetProperty("SequenceNumber").GetString()!;

    private static string? Note(JsonElement record, string image) => record.GetProperty("dynamodb").GetProperty(image).GetProperty("note").GetProperty("S").GetString();

    private Task<JsonElement> StreamsAsync(string operation, string body) => PostAsync($"DynamoDBStreams_20120810.{operation}", "application/x-amz-json-1.0", body);

    private Task<JsonElement> CallAsync(string operation, string body) => PostAsync($"AWSEvents.{operation}", "application/x-amz-json-1.1", body);

    private async Task<JsonElement> PostAsync(string target, string contentType, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, _endpoint.Url) { Content = new StringContent(body) };
        request.Headers.Add("X-Amz-Target", target);
        request.Content.Headers.ContentType = new(contentType);
        using var answer = await http.SendAsync(request);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
