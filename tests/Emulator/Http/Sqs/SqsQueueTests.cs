using DataToEvents.Emulator.Queues;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.Sqs;

/// <summary>The whole responses of SQS's operations on queues and move tasks.</summary>
public sealed partial class SqsQueueTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.sqs#";

    private const string Dead = "arn:aws:sqs:us-east-1:000000000000:dead.fifo";

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(clock: _clock);

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_FIFO_queue_returns_all_its_attributes()
    {
        await SendAsync(_endpoint.Queue, "1", "2", "3");
        await _endpoint.Queue.ReceiveAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(7));

        (await TellAsync("GetQueueAttributes", """{"QueueUrl":"http://localhost/000000000000/events.fifo","AttributeNames":["All"]}""")).Should().Be(EndpointResponse.Compact($$"""
            {"Attributes":{
                "QueueArn":"arn:aws:sqs:us-east-1:000000000000:events.fifo",
                "ApproximateNumberOfMessages":"2","ApproximateNumberOfMessagesNotVisible":"1","ApproximateNumberOfMessagesDelayed":"0","ApproximateAgeOfOldestMessage":"7",
                "CreatedTimestamp":"1795521600","LastModifiedTimestamp":"1795521600",
                "VisibilityTimeout":"30","MessageRetentionPeriod":"345600","MaximumMessageSize":"1048576","DelaySeconds":"0","ReceiveMessageWaitTimeSeconds":"0","SqsManagedSseEnabled":"true",
                "FifoQueue":"true","ContentBasedDeduplication":"false","DeduplicationScope":"messageGroup","FifoThroughputLimit":"perMessageGroupId",
                "RedrivePolicy":"{\"deadLetterTargetArn\":\"{{Dead}}\",\"maxReceiveCount\":1}"} }
            """));
    }

    [Theory]
    [InlineData("[\"All\"]", """
        "QueueArn":"arn:aws:sqs:us-east-1:000000000000:plain",
        "ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesNotVisible":"0","ApproximateNumberOfMessagesDelayed":"0","ApproximateAgeOfOldestMessage":"0",
        "CreatedTimestamp":"1795521600","LastModifiedTimestamp":"1795521600",
        "VisibilityTimeout":"300","MessageRetentionPeriod":"345600","MaximumMessageSize":"1048576","DelaySeconds":"0","ReceiveMessageWaitTimeSeconds":"0","SqsManagedSseEnabled":"true"
        """)]
    [InlineData("[\"DelaySeconds\",\"QueueArn\",\"FifoQueue\"]", """ "QueueArn":"arn:aws:sqs:us-east-1:000000000000:plain","DelaySeconds":"0" """)]
    [InlineData("null", "")]
    public async Task A_standard_queue_returns_the_requested_attributes(string names, string attributes) =>
        (await TellAsync("GetQueueAttributes", $$"""{"QueueUrl":"plain","AttributeNames":{{names}}}""")).Should().Be(EndpointResponse.Compact($$$"""{"Attributes":{{{{attributes}}}}}"""));

    [Fact]
    public async Task Queues_have_urls_and_are_listed_by_name_and_prefix()
    {
        (await TellAsync("GetQueueUrl", """{"QueueName":"plain"}""")).Should().Be("""{"QueueUrl":"http://endpoint/000000000000/plain"}""");
        (await TellAsync("ListQueues", "{}")).Should().Be(
            """{"QueueUrls":["http://endpoint/000000000000/dead.fifo","http://endpoint/000000000000/events.fifo","http://endpoint/000000000000/plain"]}""");
        (await TellAsync("ListQueues", """{"QueueNamePrefix":"e"}""")).Should().Be("""{"QueueUrls":["http://endpoint/000000000000/events.fifo"]}""");
        (await TellAsync("ListDeadLetterSourceQueues", """{"QueueUrl":"dead.fifo"}""")).Should().Be("""{"queueUrls":["http://endpoint/000000000000/events.fifo"]}""");
        (await TellAsync("ListDeadLetterSourceQueues", """{"QueueUrl":"plain"}""")).Should().Be("""{"queueUrls":[]}""");
    }

    [Fact]
    public async Task A_queue_that_is_purged_is_empty()
    {
        await SendAsync(_endpoint.Queue, "1", "2");

        (await TellAsync("PurgeQueue", """{"QueueUrl":"events.fifo"}""")).Should().Be("{}");
        _endpoint.Queue.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task A_move_back_to_the_source_ends_at_a_message_that_a_client_sent_to_the_dead_letter_queue_and_a_move_to_a_named_queue_takes_it()
    {
        await SendAsync(_endpoint.DeadLetters, "1");

        await TellAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Dead}}"}""");
        await DoneAsync();
        (await ListAsync()).Should().Contain("\"Status\":\"FAILED\"").And.Contain("\"FailureReason\":\"CouldNotDetermineMessageSource\"");
        (_endpoint.DeadLetters.Stats.Depth, _endpoint.Queue.Stats.Depth).Should().Be((1, 0));

        await TellAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Dead}}","DestinationArn":"{{Dead.Replace("dead", "events", StringComparison.Ordinal)}}"}""");
        await DoneAsync();
        (_endpoint.DeadLetters.Stats.Depth, _endpoint.Queue.Stats.Depth).Should().Be((0, 1));
    }

    /// <summary>Recorded on AWS: test_move_task_workflow_with_default_destination.</summary>
    [Fact]
    public async Task Dead_letters_are_moved_to_their_source_and_the_task_is_listed()
    {
        await GiveUpAsync("1", "2");

        (await TellAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Dead}}"}""")).Should().Be("""{"TaskHandle":"(handle)"}""");
        await DoneAsync();
        (await ListAsync()).Should().Be(EndpointResponse.Compact($$"""
            {"Results":[{"Status":"COMPLETED","SourceArn":"{{Dead}}","ApproximateNumberOfMessagesMoved":2,"ApproximateNumberOfMessagesToMove":2,"StartedTimestamp":"(time)"}]}
            """));
        (_endpoint.DeadLetters.Stats.Depth, _endpoint.Queue.Stats.Depth).Should().Be((0, 2));
    }

    /// <summary>Recorded on AWS: test_move_task_cancel, test_move_task_with_throughput_limit, test_start_multiple_move_tasks.</summary>
    [Fact]
    public async Task A_task_with_a_rate_runs_until_it_is_done_or_cancelled_and_allows_no_second_task()
    {
        await SendAsync(_endpoint.DeadLetters, "1", "2", "3");
        var start = $$"""{"SourceArn":"{{Dead}}","DestinationArn":"{{Dead.Replace("dead", "events", StringComparison.Ordinal)}}","MaxNumberOfMessagesPerSecond":1}""";
        string Listed(string status, int moved) => $$"""
            "Status":"{{status}}","SourceArn":"{{Dead}}","DestinationArn":"arn:aws:sqs:us-east-1:000000000000:events.fifo","MaxNumberOfMessagesPerSecond":1,
            "ApproximateNumberOfMessagesMoved":{{moved}},"ApproximateNumberOfMessagesToMove":3,"StartedTimestamp":"(time)"
            """;

        var handle = (string)JsonNode.Parse((await CallAsync("StartMessageMoveTask", start)).Body)!["TaskHandle"]!;
        await MovedAsync(1);
        (await ListAsync()).Should().Be(EndpointResponse.Compact($$"""{"Results":[{"TaskHandle":"(handle)",{{Listed("RUNNING", 1)}}}]}"""));
        (await CallAsync("StartMessageMoveTask", start)).Refusal.Should().Be(
            $"{Error}InvalidParameterValueException: There is already a task running. Only one active task is allowed for a source queue arn at a given time.");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await MovedAsync(2);
        (await TellAsync("CancelMessageMoveTask", $$"""{"TaskHandle":"{{handle}}"}""")).Should().Be("""{"ApproximateNumberOfMessagesMoved":2}""");
        await DoneAsync();
        (await ListAsync()).Should().Be(EndpointResponse.Compact($$"""{"Results":[{{{Listed("CANCELLED", 2)}}}]}"""));
        (await CallAsync("CancelMessageMoveTask", $$"""{"TaskHandle":"{{handle}}"}""")).Refusal.Should().Be("404 com.amazonaws.sqs#ResourceNotFoundException: Only active tasks can be cancelled.");
        _endpoint.DeadLetters.Stats.Depth.Should().Be(1);
    }

    [Fact]
    public async Task The_newest_task_is_listed_first_and_ten_at_most()
    {
        for (var i = 0; i < 11; i++)
        {
            await TellAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Dead}}","MaxNumberOfMessagesPerSecond":{{490 + i}}}""");
            await DoneAsync();
        }

        async Task<IEnumerable<int>> RatesAsync(string most) =>
            JsonNode.Parse((await CallAsync("ListMessageMoveTasks", $$"""{"SourceArn":"{{Dead}}"{{most}}}""")).Body)!["Results"]!.AsArray().Select(task => (int)task!["MaxNumberOfMessagesPerSecond"]!);
        (await RatesAsync("")).Should().Equal(500);
        (await RatesAsync(",\"MaxResults\":0")).Should().Equal(500);
        (await RatesAsync(",\"MaxResults\":2")).Should().Equal(500, 499);
        (await RatesAsync(",\"MaxResults\":11")).Should().Equal(Enumerable.Range(0, 10).Select(i => 500 - i));
        (await TellAsync("ListMessageMoveTasks", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:events.fifo","MaxResults":10}""")).Should().Be("""{"Results":[]}""");
    }

    /// <summary>Recorded on AWS: test_source_needs_redrive_policy, test_cancel_with_invalid_task_handle.</summary>
    [Theory]
    [InlineData("StartMessageMoveTask", "{}", "MissingRequiredParameterException: The request must contain the parameter SourceArn.")]
    [InlineData("StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:plain"}""", "InvalidParameterValueException: Source queue must be configured as a Dead Letter Queue.")]
    [InlineData("StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","MaxNumberOfMessagesPerSecond":0}""", "InvalidParameterValueException: Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be 1 to 500.")]
    [InlineData("StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","MaxNumberOfMessagesPerSecond":501}""", "InvalidParameterValueException: Value for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be 1 to 500.")]
    [InlineData("ListMessageMoveTasks", "{}", "MissingRequiredParameterException: The request must contain the parameter SourceArn.")]
    [InlineData("CancelMessageMoveTask", "{}", "MissingRequiredParameterException: The request must contain the parameter TaskHandle.")]
    [InlineData("CancelMessageMoveTask", """{"TaskHandle":"none"}""", "InvalidParameterValueException: Value for parameter TaskHandle is invalid.")]
    [InlineData("GetQueueUrl", """{"QueueName":"none"}""", "QueueDoesNotExist: The specified queue does not exist.")]
    [InlineData("GetQueueUrl", "[]", "SerializationException: The request is no JSON object.")]
    [InlineData("AddPermission", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal) =>
        (await CallAsync(operation, body)).Refusal.Should().Be(Error + refusal);

    /// <summary>Recorded on AWS: test_cancel_with_invalid_source_arn_in_task_handle, test_cancel_with_invalid_task_id_in_task_handle, test_destination_needs_to_exist.</summary>
    [Theory]
    [InlineData("StartMessageMoveTask", """{"SourceArn":"arn:none"}""", "The resource that you specified for the SourceArn parameter doesn't exist.")]
    [InlineData("StartMessageMoveTask", """{"SourceArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","DestinationArn":"arn:none"}""", "The resource that you specified for the DestinationArn parameter doesn't exist.")]
    [InlineData("CancelMessageMoveTask", """{"TaskHandle":"eyJ0YXNrSWQiOiJhIiwic291cmNlQXJuIjoiYXJuOm5vbmUifQ=="}""", "The resource that you specified for the SourceArn parameter doesn't exist.")]
    [InlineData("CancelMessageMoveTask", """{"TaskHandle":"eyJ0YXNrSWQiOiJhIiwic291cmNlQXJuIjoiYXJuOmF3czpzcXM6dXMtZWFzdC0xOjAwMDAwMDAwMDAwMDpkZWFkLmZpZm8ifQ=="}""", "Task does not exist.")]
    public async Task A_move_task_of_something_that_does_not_exist_is_not_found(string operation, string body, string message) =>
        (await CallAsync(operation, body)).Refusal.Should().Be($"404 com.amazonaws.sqs#ResourceNotFoundException: {message}");

    private static async Task SendAsync(MessageQueue queue, params string[] groups) =>
        await queue.SendBatchAsync([.. groups.Select(group => new SendEntry(group, group, System.Text.Encoding.UTF8.GetBytes(group), group))]);

    /// <summary>The queue gives a message up after one receive.</summary>
    private async Task GiveUpAsync(params string[] groups)
    {
        await SendAsync(_endpoint.Queue, groups);
        await _endpoint.Queue.ReceiveAsync(10, TimeSpan.Zero);
        await _endpoint.Queue.ReceiveAsync(10);
    }

    private Task<EndpointResponse> CallAsync(string operation, string body) => _endpoint.CallAsync($"AmazonSQS.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => Handle().Replace((await CallAsync(operation, body)).Json.Replace(_endpoint.Url, "http://endpoint", StringComparison.Ordinal), "\"(handle)\"");

    private async Task<string> ListAsync() => Started().Replace(await TellAsync("ListMessageMoveTasks", $$"""{"SourceArn":"{{Dead}}"}"""), "\"StartedTimestamp\":\"(time)\"");

    private async Task DoneAsync()
    {
        while ((await ListAsync()).Contains("TaskHandle", StringComparison.Ordinal) || (await ListAsync()).Contains("CANCELLING", StringComparison.Ordinal))
        {
        }
    }

    private async Task MovedAsync(int count)
    {
        while (!(await ListAsync()).Contains($"\"ApproximateNumberOfMessagesMoved\":{count}", StringComparison.Ordinal))
        {
        }
    }

    [GeneratedRegex("(?<=\"TaskHandle\":)\"[A-Za-z0-9+/=]{100,}\"")]
    private static partial Regex Handle();

    [GeneratedRegex("\"StartedTimestamp\":[0-9]{13}")]
    private static partial Regex Started();
}
