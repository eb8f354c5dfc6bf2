using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.Sqs;

/// <summary>
/// More of what SQS answered on AWS in recordings by LocalStack (tests/aws/services/sqs/test_sqs.py and test_sqs_move_task.py, state of 23 March 2026): dead letters, move tasks,
/// attributes of messages and queues, groups. Each case names the recorded test.
/// </summary>
public sealed class SqsRecordedFlowTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _endpoint = await TestEndpoint.StartAsync(clock: _clock);
        _http = new HttpClient { BaseAddress = new Uri(_endpoint.Url) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    /// <summary>test_dead_letter_queue_message_attributes.</summary>
    [Fact]
    public async Task A_dead_letter_keeps_its_attributes_and_counts_on()
    {
        var sqs = Caller(isQuery: false);
        await CreateWithDeadLettersAsync(sqs);
        const string Trace = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        await sqs.CallAsync("SendMessage", $$$"""
            {"QueueUrl":"source","MessageBody":"message-1","MessageAttributes":{"MyAttribute":{"StringValue":"foobar","DataType":"String"}},
             "MessageSystemAttributes":{"AWSTraceHeader":{"StringValue":"{{{Trace}}}","DataType":"String"}} }
            """);
        var received = await MessageAsync(sqs, "source", ",\"VisibilityTimeout\":0,\"AttributeNames\":[\"All\"]");
        (await MessageAsync(sqs, "source", ",\"VisibilityTimeout\":0")).Should().BeNull();
        var dead = (await MessageAsync(sqs, "dead", ",\"AttributeNames\":[\"All\"],\"MessageAttributeNames\":[\"All\"]"))!;

        ((string)received!["Attributes"]!["ApproximateReceiveCount"]!, received["Attributes"]!["DeadLetterQueueSourceArn"]).Should().Be(("1", null));
        ((string)dead["MessageId"]!).Should().Be((string)received["MessageId"]!);
        ((string)dead["MD5OfMessageAttributes"]!, dead["MessageAttributes"]!.ToJsonString()).Should().Be(("adb59cd4678ea5a855436b949cd07ab6", """{"MyAttribute":{"DataType":"String","StringValue":"foobar"}}"""));
        dead["Attributes"]!.AsObject().Select(static attribute => attribute.Key).Should().BeEquivalentTo(
            "ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "AWSTraceHeader", "DeadLetterQueueSourceArn", "SenderId", "SentTimestamp");
        ((string)dead["Attributes"]!["ApproximateReceiveCount"]!, (string)dead["Attributes"]!["AWSTraceHeader"]!, (string)dead["Attributes"]!["DeadLetterQueueSourceArn"]!).Should().Be(("2", Trace, Arn("source")));
    }

    /// <summary>test_dead_letter_queue_with_fifo_and_content_based_deduplication.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_FIFO_queue_gives_a_message_up_and_goes_on_with_its_group(bool isQuery)
    {
        var sqs = Caller(isQuery);
        await CreateAsync(sqs, "d.fifo", """{"FifoQueue":"true","ContentBasedDeduplication":"true","MessageRetentionPeriod":"1209600"}""");
        await CreateAsync(sqs, "q.fifo", $$"""{"FifoQueue":"true","ContentBasedDeduplication":"true","VisibilityTimeout":"60","RedrivePolicy":"{\"deadLetterTargetArn\":\"{{Arn("d.fifo")}}\",\"maxReceiveCount\":2}"}""");
        var sent = await SendAsync(sqs, "q.fifo", "foobar", "1");
        for (var i = 0; i < 3; i++)
        {
            (await MessageAsync(sqs, "q.fifo", ",\"VisibilityTimeout\":0") is not null).Should().Be(i < 2);
        }

        var dead = (await MessageAsync(sqs, "d.fifo"))!;
        ((string)dead["MessageId"]!, (string)dead["Body"]!).Should().Be((sent, "foobar"));
        var next = await SendAsync(sqs, "q.fifo", "foobar2", "1");
        var received = (await MessageAsync(sqs, "q.fifo"))!;
        ((string)received["MessageId"]!, (string)received["Body"]!).Should().Be((next, "foobar2"));
    }

    /// <summary>test_invalid_dead_letter_arn_rejected_before_lookup, of which only the refusal is known.</summary>
    [Fact]
    public async Task A_redrive_policy_names_the_ARN_of_a_queue() =>
        (await Caller(isQuery: false).RefusalAsync("CreateQueue", """{"QueueName":"q","Attributes":{"RedrivePolicy":"{\"deadLetterTargetArn\":\"dummy\",\"maxReceiveCount\":42}"}}""")).Should().StartWith("400 InvalidParameterValue: ");

    /// <summary>
    /// test_receive_message_message_system_attribute_names_filters, test_message_system_attribute_names_with_attribute_names. The Query protocol has one list, AttributeName:
    /// of two lists its clients send the last.
    /// </summary>
    [Theory]
    [InlineData(""" "MessageSystemAttributeNames":["All"]""", "ApproximateFirstReceiveTimestamp ApproximateReceiveCount SenderId SentTimestamp", false)]
    [InlineData(""" "MessageSystemAttributeNames":["All"],"MessageAttributeNames":["All"]""", "ApproximateFirstReceiveTimestamp ApproximateReceiveCount SenderId SentTimestamp", true)]
    [InlineData(""" "MessageSystemAttributeNames":["SenderId"]""", "SenderId", false)]
    [InlineData(""" "MessageSystemAttributeNames":["SenderId","SequenceNumber"]""", "SenderId", false)]
    [InlineData(""" "AttributeNames":["All"]""", "ApproximateFirstReceiveTimestamp ApproximateReceiveCount SenderId SentTimestamp", false)]
    [InlineData(""" "AttributeNames":["SenderId"]""", "SenderId", false)]
    public async Task A_receive_gets_the_system_attributes_that_it_names(string names, string told, bool hasOwn)
    {
        foreach (var isQuery in new[] { false, true })
        {
            var sqs = Caller(isQuery);
            await CreateAsync(sqs, "q", """{"VisibilityTimeout":"0"}""");
            await sqs.CallAsync("SendMessage", """{"QueueUrl":"q","MessageBody":"msg","MessageAttributes":{"Foo":{"DataType":"String","StringValue":"Bar"}}}""");

            var message = (await MessageAsync(sqs, "q", $",{names}"))!;

            string.Join(' ', message["Attributes"]!.AsObject().Select(static attribute => attribute.Key).Order(StringComparer.Ordinal)).Should().Be(told);
            ((string?)message["MD5OfMessageAttributes"]).Should().Be(hasOwn ? "ae7155c6026991b6d54b11589678bf9c" : null);
            await sqs.CallAsync("DeleteMessage", $$"""{"QueueUrl":"q","ReceiptHandle":"{{message["ReceiptHandle"]}}"}""");
        }
    }

    /// <summary>test_message_system_attribute_names_with_attribute_names: with both lists in the JSON protocol.</summary>
    [Theory]
    [InlineData("All")]
    [InlineData("SenderId")]
    public async Task Both_lists_of_system_attributes_count(string other)
    {
        var sqs = Caller(isQuery: false);
        await CreateAsync(sqs, "q", "{}");
        await SendAsync(sqs, "q", "msg");

        (await MessageAsync(sqs, "q", $",\"MessageSystemAttributeNames\":[\"All\"],\"AttributeNames\":[\"{other}\"]"))!["Attributes"]!.AsObject().Should().HaveCount(4);
    }

    /// <summary>test_message_deduplication_id_success, test_send_message_via_queue_url_with_json_protocol.</summary>
    [Fact]
    public async Task A_deduplication_id_has_128_characters_at_most_and_JSON_may_go_to_the_URL_of_the_queue()
    {
        var sqs = Caller(isQuery: false);
        await CreateAsync(sqs, "q.fifo", """{"FifoQueue":"true"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/000000000000/q.fifo") { Content = new StringContent("""{"QueueUrl":"q.fifo"}""", Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", "AmazonSQS.ReceiveMessage");

        (await sqs.CallAsync("SendMessage", $$"""{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"test","MessageDeduplicationId":"{{new string('a', 128)}}"}""")).Status.Should().Be(200);
        var answer = await EndpointResponse.ToAsync(_http, request);
        (answer.Status, answer.Headers["Content-Type"]).Should().Be((200, "application/x-amz-json-1.0"));
        answer.Body.Should().Contain("\"Body\":\"x\"");
    }

    /// <summary>test_approximate_number_of_messages_not_visible, test_fifo_approximate_number_of_messages_not_visible: of a group only what was received counts.</summary>
    [Theory]
    [InlineData("q", 1, false)]
    [InlineData("q", 1, true)]
    [InlineData("q.fifo", 2, false)]
    [InlineData("q.fifo", 2, true)]
    public async Task A_queue_counts_messages_in_flight_until_they_are_visible_again(string queue, int receives, bool isQuery)
    {
        var sqs = Caller(isQuery);
        var isFifo = queue != "q";
        await CreateAsync(sqs, queue, isFifo ? """{"FifoQueue":"True","ContentBasedDeduplication":"True","VisibilityTimeout":"60"}""" : """{"VisibilityTimeout":"60"}""");
        for (var i = 0; i < 6; i++)
        {
            await SendAsync(sqs, queue, $"message-{i}", isFifo ? $"{(i / 2) + 1}" : null);
        }

        for (var i = 0; i < receives; i++)
        {
            var message = (await MessageAsync(sqs, queue, ",\"AttributeNames\":[\"MessageGroupId\"]"))!;
            ((string?)message["Attributes"]?["MessageGroupId"]).Should().Be(isFifo ? $"{i + 1}" : null);
        }

        async Task<string> CountsAsync() => (await sqs.CallAsync(
            "GetQueueAttributes", $$"""{"QueueUrl":"{{queue}}","AttributeNames":["ApproximateNumberOfMessages","ApproximateNumberOfMessagesNotVisible","ApproximateNumberOfMessagesDelayed"]}""")).Body;
        string Counts(int visible, int hidden) => $$$"""{"Attributes":{"ApproximateNumberOfMessages":"{{{visible}}}","ApproximateNumberOfMessagesNotVisible":"{{{hidden}}}","ApproximateNumberOfMessagesDelayed":"0"}}""";
        (await CountsAsync()).Should().Be(Counts(6 - receives, receives));
        _clock.Advance(TimeSpan.FromSeconds(60));
        (await CountsAsync()).Should().Be(Counts(6, 0));
    }

    /// <summary>test_fifo_delete_after_visibility_timeout_extended.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_is_deleted_within_a_longer_visibility_timeout(bool isQuery)
    {
        var sqs = Caller(isQuery);
        await CreateAsync(sqs, "q.fifo", """{"FifoQueue":"True","ContentBasedDeduplication":"True","VisibilityTimeout":"1"}""");
        await SendAsync(sqs, "q.fifo", "foobar", "1");
        var handle = (string)(await MessageAsync(sqs, "q.fifo"))!["ReceiptHandle"]!;

        await sqs.CallAsync("ChangeMessageVisibility", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{handle}}","VisibilityTimeout":5}""");
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        (await sqs.CallAsync("DeleteMessage", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{handle}}"}""")).Body.Should().Be("{}");

        _clock.Advance(TimeSpan.FromSeconds(5));
        (await MessageAsync(sqs, "q.fifo")).Should().BeNull();
    }

    /// <summary>test_fifo_group_visibility_extends_with_change_message_visibility.</summary>
    [Theory]
    [InlineData(0, "", false)]
    [InlineData(0, "", true)]
    [InlineData(1, "foo", false)]
    [InlineData(1, "foo", true)]
    [InlineData(2, "foo bar", false)]
    [InlineData(2, "foo bar", true)]
    public async Task A_group_gives_the_messages_before_its_first_one_in_flight(int position, string given, bool isQuery)
    {
        var sqs = Caller(isQuery);
        await CreateAsync(sqs, "q.fifo", """{"FifoQueue":"true","VisibilityTimeout":"1","ContentBasedDeduplication":"true"}""");
        foreach (var body in new[] { "foo", "bar", "baz" })
        {
            await SendAsync(sqs, "q.fifo", body, "1");
        }

        async Task<JsonArray> ReceiveAsync() => JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q.fifo","MaxNumberOfMessages":5}""")).Body)!["Messages"]?.AsArray() ?? [];
        static string Bodies(JsonArray messages) => string.Join(' ', messages.Select(static message => (string)message!["Body"]!));
        var all = await ReceiveAsync();
        await sqs.CallAsync("ChangeMessageVisibility", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{all[position]!["ReceiptHandle"]}}","VisibilityTimeout":4}""");
        _clock.Advance(TimeSpan.FromSeconds(2.5));

        Bodies(all).Should().Be("foo bar baz");
        Bodies(await ReceiveAsync()).Should().Be(given);
        _clock.Advance(TimeSpan.FromSeconds(1.5));
        Bodies(await ReceiveAsync()).Should().Be("foo bar baz", "all are visible again");
    }

    /// <summary>test_basic_move_task_workflow.</summary>
    [Fact]
    public async Task A_move_task_takes_dead_letters_to_a_queue_that_it_names()
    {
        var sqs = Caller(isQuery: false);
        await CreateWithDeadLettersAsync(sqs);
        await CreateAsync(sqs, "destination", "{}");
        await GiveUpAsync(sqs, "source", "message-1", "message-2");

        var handle = (string)JsonNode.Parse((await sqs.CallAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Arn("dead")}}","DestinationArn":"{{Arn("destination")}}"}""")).Body)!["TaskHandle"]!;
        var task = JsonNode.Parse(Convert.FromBase64String(handle))!;
        var listed = await EndedAsync(sqs);

        (Guid.TryParse((string)task["taskId"]!, out _), (string)task["sourceArn"]!).Should().Be((true, Arn("dead")));
        listed.Remove("StartedTimestamp").Should().BeTrue();
        listed.ToJsonString().Should().Be(
            $$"""{"Status":"COMPLETED","SourceArn":"{{Arn("dead")}}","DestinationArn":"{{Arn("destination")}}","ApproximateNumberOfMessagesMoved":2,"ApproximateNumberOfMessagesToMove":2}""");
        (await BodiesAsync(sqs, "destination")).Should().Be("message-1 message-2");
        (await BodiesAsync(sqs, "dead")).Should().BeEmpty();
    }

    /// <summary>test_move_task_workflow_with_multiple_sources_as_default_destination.</summary>
    [Fact]
    public async Task A_move_task_without_a_destination_takes_each_dead_letter_back_to_its_own_source()
    {
        var sqs = Caller(isQuery: false);
        await CreateWithDeadLettersAsync(sqs);
        await CreateAsync(sqs, "other", $$"""{"RedrivePolicy":"{\"deadLetterTargetArn\":\"{{Arn("dead")}}\",\"maxReceiveCount\":1}"}""");
        await GiveUpAsync(sqs, "source", "message-1-1", "message-1-2");
        await GiveUpAsync(sqs, "other", "message-2-1", "message-2-2");

        await sqs.CallAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Arn("dead")}}"}""");
        var listed = await EndedAsync(sqs);

        listed.Remove("StartedTimestamp").Should().BeTrue();
        listed.ToJsonString().Should().Be($$"""{"Status":"COMPLETED","SourceArn":"{{Arn("dead")}}","ApproximateNumberOfMessagesMoved":4,"ApproximateNumberOfMessagesToMove":4}""");
        (await BodiesAsync(sqs, "source"), await BodiesAsync(sqs, "other"), await BodiesAsync(sqs, "dead")).Should().Be(("message-1-1 message-1-2", "message-2-1 message-2-2", ""));
    }

    /// <summary>test_move_task_delete_destination_queue_while_running.</summary>
    [Fact]
    public async Task A_move_task_fails_if_its_destination_is_deleted()
    {
        var sqs = Caller(isQuery: false);
        await CreateWithDeadLettersAsync(sqs);
        await CreateAsync(sqs, "destination", "{}");
        await GiveUpAsync(sqs, "source", "message-1", "message-2", "message-3");
        await sqs.CallAsync("StartMessageMoveTask", $$"""{"SourceArn":"{{Arn("dead")}}","DestinationArn":"{{Arn("destination")}}","MaxNumberOfMessagesPerSecond":1}""");
        while ((int)(await TaskAsync(sqs))["ApproximateNumberOfMessagesMoved"]! < 1)
        {
        }

        await sqs.CallAsync("DeleteQueue", """{"QueueUrl":"destination"}""");
        _clock.Advance(TimeSpan.FromSeconds(1));
        var listed = await EndedAsync(sqs);

        ((string)listed["Status"]!, (string)listed["FailureReason"]!, (int)listed["ApproximateNumberOfMessagesMoved"]!).Should().Be(("FAILED", "AWS.SimpleQueueService.NonExistentQueue", 1));
        (await BodiesAsync(sqs, "dead")).Should().Be("message-2 message-3");
    }

    private static string Arn(string queue) => $"arn:aws:sqs:us-east-1:000000000000:{queue}";

    private static async Task CreateAsync(SqsCaller sqs, string queue, string attributes) =>
        (await sqs.CallAsync("CreateQueue", $$"""{"QueueName":"{{queue}}","Attributes":{{attributes}}}""")).Status.Should().Be(200);

    private static async Task CreateWithDeadLettersAsync(SqsCaller sqs)
    {
        await CreateAsync(sqs, "dead", "{}");
        await CreateAsync(sqs, "source", $$"""{"RedrivePolicy":"{\"deadLetterTargetArn\":\"{{Arn("dead")}}\",\"maxReceiveCount\":1}"}""");
    }

    /// <returns>The id of the message.</returns>
    private static async Task<string> SendAsync(SqsCaller sqs, string queue, string body, string? group = null)
    {
        var member = group is null ? "" : $",\"MessageGroupId\":\"{group}\"";
        return (string)JsonNode.Parse((await sqs.CallAsync("SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"{{body}}"{{member}}}""")).Body)!["MessageId"]!;
    }

    private static async Task<JsonNode?> MessageAsync(SqsCaller sqs, string queue, string more = "") =>
        JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", $$"""{"QueueUrl":"{{queue}}"{{more}}}""")).Body)!["Messages"]?[0];

    /// <summary>Sends messages and receives each until it is a dead letter.</summary>
    private static async Task GiveUpAsync(SqsCaller sqs, string queue, params string[] bodies)
    {
        foreach (var body in bodies)
        {
            await SendAsync(sqs, queue, body);
        }

        for (var i = 0; i < 2 * bodies.Length; i++)
        {
            await MessageAsync(sqs, queue, ",\"VisibilityTimeout\":0");
        }
    }

    /// <summary>What a queue gives, in the order of the bodies.</summary>
    private static async Task<string> BodiesAsync(SqsCaller sqs, string queue)
    {
        var received = JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", $$"""{"QueueUrl":"{{queue}}","MaxNumberOfMessages":10}""")).Body)!["Messages"]?.AsArray() ?? [];
        return string.Join(' ', received.Select(static message => (string)message!["Body"]!).Order(StringComparer.Ordinal));
    }

    private static async Task<JsonObject> TaskAsync(SqsCaller sqs) =>
        JsonNode.Parse((await sqs.CallAsync("ListMessageMoveTasks", $$"""{"SourceArn":"{{Arn("dead")}}"}""")).Body)!["Results"]![0]!.AsObject();

    private static async Task<JsonObject> EndedAsync(SqsCaller sqs)
    {
        while (true)
        {
            var task = await TaskAsync(sqs);
            if ((string)task["Status"]! != "RUNNING")
            {
                return task;
            }
        }
    }

    private SqsCaller Caller(bool isQuery) => new(_http, isQuery);
}
