using System.Xml.Linq;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.Sqs;

/// <summary>
/// What SQS answered on AWS in recordings by LocalStack (tests/aws/services/sqs/test_sqs.py, state of 23 March 2026), in both of its protocols. Each case names the
/// recorded test.
/// </summary>
public sealed class SqsRecordedTests : IAsyncLifetime
{
    /// <summary>JSON, and Query.</summary>
    private static readonly bool[] Protocols = [false, true];

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

    public static IEnumerable<object[]> Refusals =>
        from refusal in new (string Test, string? Attributes, string Operation, string Request, string Refusal)[]
        {
            ("test_send_receive_max_number_of_messages", "{}", "ReceiveMessage", """{"QueueUrl":"q","MaxNumberOfMessages":11}""", "400 InvalidParameterValue: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."),
            ("test_send_message_with_updated_maximum_message_size", """{"MaximumMessageSize":"1024"}""", "SendMessage", $$$"""{"QueueUrl":"q","MessageBody":"{{{new string('a', 1017)}}}","MessageAttributes":{"k":{"DataType":"String","StringValue":"x"} } }""", "400 InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes."),
            ("test_create_queue_with_different_attributes_raises_exception", """{"DelaySeconds":"1"}""", "CreateQueue", """{"QueueName":"q","Attributes":{"DelaySeconds":"2"}}""", "400 QueueAlreadyExists: A queue already exists with the same name and a different value for attribute DelaySeconds"),
            ("test_create_fifo_queue_with_different_attributes_raises_error", """{"FifoQueue":"true","ContentBasedDeduplication":"true"}""", "CreateQueue", """{"QueueName":"q.fifo","Attributes":{"FifoQueue":"true","ContentBasedDeduplication":"false"}}""", "400 QueueAlreadyExists: A queue already exists with the same name and a different value for attribute ContentBasedDeduplication"),
            ("test_fifo_queue_send_message_with_delay_seconds_fails", """{"FifoQueue":"true","ContentBasedDeduplication":"true"}""", "SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"g","DelaySeconds":2}""", "400 InvalidParameterValue: Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type."),
            ("test_too_many_entries_in_batch_request", "{}", "SendMessageBatch", TwentyEntries("\"MessageBody\":\"x\""), "400 AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 20."),
            ("test_invalid_batch_id", "{}", "SendMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"a:b","MessageBody":"x"}]}""", "400 AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
            ("test_delete_message_batch_invalid_msg_id[invalid:id]", "{}", "DeleteMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"invalid:id","ReceiptHandle":"x"}]}""", "400 AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
            ("test_delete_message_batch_invalid_msg_id[]", "{}", "DeleteMessageBatch", """{"QueueUrl":"q","Entries":[{"Id":"","ReceiptHandle":"x"}]}""", "400 AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
            ("test_delete_message_batch_invalid_msg_id[testLongId]", "{}", "DeleteMessageBatch", $$"""{"QueueUrl":"q","Entries":[{"Id":"{{new string('i', 100)}}","ReceiptHandle":"x"}]}""", "400 AWS.SimpleQueueService.InvalidBatchEntryId: A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long."),
            ("test_delete_message_batch_with_too_large_batch", "{}", "DeleteMessageBatch", TwentyEntries("\"ReceiptHandle\":\"x\""), "400 AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 20."),
            ("test_change_message_visibility_batch_with_too_large_batch", "{}", "ChangeMessageVisibilityBatch", TwentyEntries("\"ReceiptHandle\":\"x\",\"VisibilityTimeout\":1"), "400 AWS.SimpleQueueService.TooManyEntriesInBatchRequest: Maximum number of entries per request are 10. You have sent 20."),
            ("test_send_batch_missing_deduplication_id_for_fifo_queue", """{"FifoQueue":"true"}""", "SendMessageBatch", """{"QueueUrl":"q.fifo","Entries":[{"Id":"1","MessageBody":"x","MessageGroupId":"g"}]}""", "400 InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"),
            ("test_send_batch_missing_message_group_id_for_fifo_queue", """{"FifoQueue":"true"}""", "SendMessageBatch", """{"QueueUrl":"q.fifo","Entries":[{"Id":"1","MessageBody":"x","MessageDeduplicationId":"d"}]}""", "400 InvalidParameterValue: The request must contain the parameter MessageGroupId."),
            ("test_send_message_with_empty_string_attribute", "{}", "SendMessage", """{"QueueUrl":"q","MessageBody":"x","MessageAttributes":{"ErrorDetails":{"DataType":"String","StringValue":""}}}""", "400 InvalidParameterValue: Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'."),
            ("test_set_unsupported_attribute_fifo", """{"FifoQueue":"true"}""", "SetQueueAttributes", """{"QueueUrl":"q.fifo","Attributes":{"FifoQueue":"false"}}""", "400 InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported."),
            ("test_set_unsupported_attribute_standard", "{}", "SetQueueAttributes", """{"QueueUrl":"q","Attributes":{"FifoQueue":"true"}}""", "400 InvalidAttributeName: Unknown Attribute FifoQueue."),
            ("test_create_standard_queue_with_fifo_attribute_raises_error", null, "CreateQueue", """{"QueueName":"q","Attributes":{"FifoQueue":"false"}}""", "400 InvalidAttributeName: Unknown Attribute FifoQueue."),
            ("test_create_standard_queue_with_fifo_attribute_raises_error", null, "CreateQueue", """{"QueueName":"q","Attributes":{"ContentBasedDeduplication":"false"}}""", "400 InvalidAttributeName: Unknown Attribute ContentBasedDeduplication."),
            ("test_create_standard_queue_with_fifo_attribute_raises_error", null, "CreateQueue", """{"QueueName":"q","Attributes":{"DeduplicationScope":"queue"}}""", "400 InvalidAttributeName: You can specify the DeduplicationScope only when FifoQueue is set to true."),
            ("test_create_standard_queue_with_fifo_attribute_raises_error", null, "CreateQueue", """{"QueueName":"q","Attributes":{"FifoThroughputLimit":"perQueue"}}""", "400 InvalidAttributeName: You can specify the FifoThroughputLimit only when FifoQueue is set to true."),
            ("test_posting_to_fifo_requires_deduplicationid_group_id", """{"FifoQueue":"true"}""", "SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"g"}""", "400 InvalidParameterValue: The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly"),
            ("test_posting_to_fifo_requires_deduplicationid_group_id", """{"FifoQueue":"true"}""", "SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"x","MessageDeduplicationId":"d"}""", "400 MissingParameter: The request must contain the parameter MessageGroupId."),
            ("test_send_receive_wait_time_seconds", "{}", "ReceiveMessage", """{"QueueUrl":"q","WaitTimeSeconds":21}""", "400 InvalidParameterValue: Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
            ("test_send_receive_wait_time_seconds", "{}", "ReceiveMessage", """{"QueueUrl":"q","WaitTimeSeconds":-1}""", "400 InvalidParameterValue: Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."),
            ("test_send_empty_message", "{}", "SendMessage", """{"QueueUrl":"q","MessageBody":""}""", "400 MissingParameter: The request must contain the parameter MessageBody."),
            ("test_send_message_to_standard_queue_with_invalid_message_group_id[empty]", "{}", "SendMessage", """{"QueueUrl":"q","MessageBody":"x","MessageGroupId":""}""", "400 InvalidParameterValue: Value  for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
            ("test_send_message_to_standard_queue_with_invalid_message_group_id[spaces]", "{}", "SendMessage", """{"QueueUrl":"q","MessageBody":"x","MessageGroupId":"group 123"}""", "400 InvalidParameterValue: Value group 123 for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
            ("test_send_message_to_standard_queue_with_invalid_message_group_id[too_long]", "{}", "SendMessage", $$"""{"QueueUrl":"q","MessageBody":"x","MessageGroupId":"{{new string('a', 129)}}"}""", $"400 InvalidParameterValue: Value {new string('a', 129)} for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
            ("test_message_deduplication_id_invalid[too_long]", """{"FifoQueue":"true"}""", "SendMessage", $$"""{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"{{new string('a', 129)}}"}""", $"400 InvalidParameterValue: Value {new string('a', 129)} for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
            ("test_message_deduplication_id_invalid[empty]", """{"FifoQueue":"true"}""", "SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":""}""", "400 InvalidParameterValue: Value  for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
            ("test_message_deduplication_id_invalid[spaces]", """{"FifoQueue":"true"}""", "SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"group 123"}""", "400 InvalidParameterValue: Value group 123 for parameter MessageDeduplicationId is invalid. Reason: MessageDeduplicationId can only include alphanumeric and punctuation characters. 1 to 128 in length."),
        }
        from isQuery in Protocols
        select new object[] { refusal.Test, refusal.Attributes!, refusal.Operation, refusal.Request, refusal.Refusal, isQuery };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_call_is_refused_as_on_AWS(string test, string? attributes, string operation, string request, string refusal, bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        if (attributes is not null)
        {
            await CreateAsync(sqs, attributes);
        }

        (await sqs.RefusalAsync(operation, request)).Should().Be(refusal, test);
    }

    /// <summary>test_send_message_batch_with_oversized_contents, test_send_message_batch_with_oversized_contents_with_updated_maximum_message_size, test_send_oversized_message.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_size_of_a_message_is_that_of_its_body_and_its_attributes(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, "{}");
        const string Attribute = "\"MessageAttributes\":{\"k\":{\"DataType\":\"String\",\"StringValue\":\"x\"}}";
        string Batch(int length) => $$"""{"QueueUrl":"q","Entries":[{"Id":"1","MessageBody":"{{new string('a', length)}}",{{Attribute}}},{"Id":"2","MessageBody":"a"}]}""";

        (await sqs.RefusalAsync("SendMessageBatch", Batch(1_048_576 - 8))).Should().Be("400 AWS.SimpleQueueService.BatchRequestTooLong: Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
        (await sqs.RefusalAsync("SendMessage", $$"""{"QueueUrl":"q","MessageBody":"{{new string('a', 1_048_576 - 7)}}",{{Attribute}}}"""))
            .Should().Be("400 InvalidParameterValue: One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
        (await sqs.CallAsync("SendMessageBatch", Batch(1_000))).Body.Should().Contain("\"MD5OfMessageAttributes\":\"a45daa70926828a2f0a1db3418e6feb4\"").And.Contain("\"MD5OfMessageBody\":\"0cc175b9c0f1b6a831c399e269772661\"");
    }

    /// <summary>test_tag_untag_queue.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_queue_has_the_tags_that_clients_gave_it(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, "{}");

        await sqs.CallAsync("TagQueue", """{"QueueUrl":"q","Tags":{"tag1":"value1","tag2":"value2","tag3":""} }""");
        (await sqs.CallAsync("ListQueueTags", """{"QueueUrl":"q"}""")).Body.Should().Be("""{"Tags":{"tag1":"value1","tag2":"value2","tag3":""}}""");
        await sqs.CallAsync("UntagQueue", """{"QueueUrl":"q","TagKeys":["tag1","tag3"]}""");
        (await sqs.CallAsync("ListQueueTags", """{"QueueUrl":"q"}""")).Body.Should().Be("""{"Tags":{"tag2":"value2"}}""");
        await sqs.CallAsync("UntagQueue", """{"QueueUrl":"q","TagKeys":["tag2"]}""");
        (await sqs.CallAsync("ListQueueTags", """{"QueueUrl":"q"}""")).Body.Should().Be("{}");
    }

    /// <summary>test_create_and_update_queue_attributes, test_set_queue_attributes_default_values.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Attributes_are_those_of_CreateQueue_until_SetQueueAttributes_changes_them(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, """{"MessageRetentionPeriod":"604800","ReceiveMessageWaitTimeSeconds":"10","VisibilityTimeout":"20"}""");
        async Task<string> AttributesAsync() => (await sqs.CallAsync("GetQueueAttributes", """{"QueueUrl":"q","AttributeNames":["All"]}""")).Body;
        string Expected(string delay, string size, string visibility, long modified) => EndpointResponse.Compact($$"""
            {"Attributes":{"QueueArn":"arn:aws:sqs:us-east-1:000000000000:q","ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesNotVisible":"0","ApproximateNumberOfMessagesDelayed":"0",
                "ApproximateAgeOfOldestMessage":"0","CreatedTimestamp":"1795521600","LastModifiedTimestamp":"{{modified}}","VisibilityTimeout":"{{visibility}}","MessageRetentionPeriod":"604800","MaximumMessageSize":"{{size}}","DelaySeconds":"{{delay}}",
                "ReceiveMessageWaitTimeSeconds":"10","SqsManagedSseEnabled":"true"} }
            """);

        (await AttributesAsync()).Should().Be(Expected("0", "1048576", "20", 1795521600));
        _clock.Advance(TimeSpan.FromSeconds(5));
        await sqs.CallAsync("SetQueueAttributes", """{"QueueUrl":"q","Attributes":{"MaximumMessageSize":"2048","VisibilityTimeout":"69","DelaySeconds":"420"}}""");
        (await AttributesAsync()).Should().Be(Expected("420", "2048", "69", 1795521605));
        await sqs.CallAsync("SetQueueAttributes", """{"QueueUrl":"q","Attributes":{"VisibilityTimeout":"","DelaySeconds":""}}""");
        (await AttributesAsync()).Should().Be(Expected("0", "2048", "30", 1795521605));
    }

    /// <summary>test_fifo_set_content_based_deduplication_strategy, test_set_empty_redrive_policy.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_FIFO_queue_of_a_client_has_the_defaults_of_SQS_and_a_redrive_policy_can_be_set_and_taken_away(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, """{"FifoQueue":"true","ContentBasedDeduplication":"true"}""");
        async Task<JsonNode> AttributesAsync() => JsonNode.Parse((await sqs.CallAsync("GetQueueAttributes", """{"QueueUrl":"q.fifo","AttributeNames":["All"]}""")).Body)!["Attributes"]!;

        var before = await AttributesAsync();
        ((string)before["ContentBasedDeduplication"]!, (string)before["DeduplicationScope"]!, (string)before["FifoThroughputLimit"]!).Should().Be(("true", "queue", "perQueue"));
        const string Policy = """{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:dead.fifo\",\"maxReceiveCount\":\"42\"}""";
        await sqs.CallAsync("SetQueueAttributes", $$"""{"QueueUrl":"q.fifo","Attributes":{"ContentBasedDeduplication":"false","RedrivePolicy":"{{Policy}}"} }""");
        var changed = await AttributesAsync();
        ((string)changed["ContentBasedDeduplication"]!, (string)changed["RedrivePolicy"]!).Should().Be(("false", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead.fifo","maxReceiveCount":42}"""));
        await sqs.CallAsync("SetQueueAttributes", """{"QueueUrl":"q.fifo","Attributes":{"RedrivePolicy":""}}""");
        (await AttributesAsync())["RedrivePolicy"].Should().BeNull();
    }

    /// <summary>test_receive_message_message_attribute_names_filters.</summary>
    [Theory]
    [InlineData("[]", null, "")]
    [InlineData("""["All"]""", "4c360f3fdafd970e05fae2f149d997f5", "General Hello Help.Me")]
    [InlineData("""["*"]""", "4c360f3fdafd970e05fae2f149d997f5", "General Hello Help.Me")]
    [InlineData("""[".*"]""", "4c360f3fdafd970e05fae2f149d997f5", "General Hello Help.Me")]
    [InlineData("""["Foo","Help"]""", null, "")]
    [InlineData("""["Hello","General"]""", "fca026605781cb4126a1e9044df24232", "General Hello")]
    [InlineData("""["Foo","Hello"]""", "a311262e065454b75da111d535b8dacd", "Hello")]
    [InlineData("""["Hel.*"]""", "83fee93c1bcd8b9a5a923ffacdc636c7", "Hello Help.Me")]
    [InlineData("""["AWS."]""", null, "")]
    [InlineData("""["..foo"]""", null, "")]
    public async Task A_receive_gets_the_message_attributes_that_it_names(string names, string? md5, string told)
    {
        foreach (var isQuery in Protocols)
        {
            await ReceivesAttributesAsync(new SqsCaller(_http, isQuery), names, md5, told);
        }
    }

    private static async Task ReceivesAttributesAsync(SqsCaller sqs, string names, string? md5, string told)
    {
        await CreateAsync(sqs, "{}");
        await sqs.CallAsync("SendMessage", """
            {"QueueUrl":"q","MessageBody":"msg","MessageAttributes":{
                "Help.Me":{"DataType":"String","StringValue":"Me"},"Hello":{"DataType":"String","StringValue":"There"},"General":{"DataType":"String","StringValue":"Kenobi"}}}
            """);

        var message = JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", $$"""{"QueueUrl":"q","MessageAttributeNames":{{names}}}""")).Body)!["Messages"]![0]!;

        ((string?)message["MD5OfMessageAttributes"]).Should().Be(md5);
        string.Join(' ', (message["MessageAttributes"]?.AsObject() ?? []).Select(static attribute => attribute.Key).Order(StringComparer.Ordinal)).Should().Be(told);
        await sqs.CallAsync("DeleteMessage", $$"""{"QueueUrl":"q","ReceiptHandle":"{{message["ReceiptHandle"]}}"}""");
    }

    /// <summary>test_send_message_with_binary_attributes, test_aws_trace_header_propagation (whose attribute is a number).</summary>
    [Theory]
    [InlineData("""{"attr1":{"DataType":"Binary","BinaryValue":"dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ=="}}""", "8cbe4db156db8a94db8b801b7addb984", false)]
    [InlineData("""{"attr1":{"DataType":"Binary","BinaryValue":"dHJhY2VwYXJlbnQeMDAtNzc0MDYyZDZjMzcwODFhNWEwYjliNWI4OGUzMDYyN2MtMmQyNDgyMjExZjY0ODlkYS0wMQ=="}}""", "8cbe4db156db8a94db8b801b7addb984", true)]
    [InlineData("""{"timestamp":{"DataType":"Number","StringValue":"1493147359900"}}""", "235c5c510d26fb653d073faed50ae77c", false)]
    [InlineData("""{"timestamp":{"DataType":"Number","StringValue":"1493147359900"}}""", "235c5c510d26fb653d073faed50ae77c", true)]
    public async Task Attributes_of_each_type_are_kept_and_have_the_checksum_of_SQS(string attributes, string md5, bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, "{}");

        (await sqs.CallAsync("SendMessage", $$"""{"QueueUrl":"q","MessageBody":"test","MessageAttributes":{{attributes}}}""")).Body.Should().Contain($"\"MD5OfMessageAttributes\":\"{md5}\"");
        var message = JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q","MessageAttributeNames":["All"]}""")).Body)!["Messages"]![0]!;
        ((string)message["MD5OfMessageAttributes"]!, message["MessageAttributes"]!.ToJsonString()).Should().Be((md5, EndpointResponse.Compact(attributes)));
    }

    /// <summary>test_change_message_visibility_after_visibility_timeout_expiration, test_delete_after_visibility_timeout, test_fifo_delete_after_visibility_timeout.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_standard_queue_takes_a_handle_after_the_visibility_timeout_and_a_FIFO_queue_does_not(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, """{"VisibilityTimeout":"1"}""");
        await CreateAsync(sqs, """{"FifoQueue":"true","VisibilityTimeout":"1","ContentBasedDeduplication":"true"}""");
        var (plain, fifo) = (await ReceivedAsync(sqs, "q"), await ReceivedAsync(sqs, "q.fifo"));
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await sqs.CallAsync("ChangeMessageVisibility", $$"""{"QueueUrl":"q","ReceiptHandle":"{{plain}}","VisibilityTimeout":2}""")).Body.Should().Be("{}");
        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q"}""")).Body.Should().Be("{}");
        _clock.Advance(TimeSpan.FromSeconds(3));
        (await sqs.CallAsync("DeleteMessage", $$"""{"QueueUrl":"q","ReceiptHandle":"{{plain}}"}""")).Body.Should().Be("{}");
        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q"}""")).Body.Should().Be("{}");
        (await sqs.RefusalAsync("DeleteMessage", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{fifo}}"}""")).Should().Be(
            $"400 InvalidParameterValue: Value {fifo} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
    }

    /// <summary>test_fifo_queue_send_message_with_zero_delay_defaults_to_queue_delay.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_is_hidden_for_the_delay_of_its_queue(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, """{"FifoQueue":"true","ContentBasedDeduplication":"true","DelaySeconds":"2"}""");
        await sqs.CallAsync("SendMessage", """{"QueueUrl":"q.fifo","MessageBody":"message-1","MessageGroupId":"1","DelaySeconds":0}""");

        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q.fifo"}""")).Body.Should().Be("{}");
        (await sqs.CallAsync("GetQueueAttributes", """{"QueueUrl":"q.fifo","AttributeNames":["ApproximateNumberOfMessagesDelayed","ApproximateNumberOfMessages"]}""")).Body
            .Should().Be("""{"Attributes":{"ApproximateNumberOfMessages":"0","ApproximateNumberOfMessagesDelayed":"1"}}""");
        _clock.Advance(TimeSpan.FromSeconds(2));
        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q.fifo"}""")).Body.Should().Contain("\"Body\":\"message-1\"");
    }

    /// <summary>test_fifo_change_to_high_throughput_after_creation, test_fifo_change_to_regular_throughput_after_creation, test_fifo_high_throughput_ordering, test_fifo_deduplication_not_on_message_group_id, test_sqs_fifo_same_dedup_id_different_message_groups, test_sqs_fifo_message_group_scope_no_throughput_setting.</summary>
    [Theory]
    [InlineData("queue", "messageGroup", 1, false)]
    [InlineData("queue", "messageGroup", 1, true)]
    [InlineData("messageGroup", "queue", 3, false)]
    [InlineData("messageGroup", "queue", 3, true)]
    public async Task A_new_deduplication_scope_has_no_effect_within_the_first_seconds(string scope, string changed, int messages, bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, $$"""{"FifoQueue":"True","ContentBasedDeduplication":"False","DeduplicationScope":"{{scope}}"}""");
        Task SendAsync(string group) => sqs.CallAsync("SendMessage", $$"""{"QueueUrl":"q.fifo","MessageBody":"Test","MessageGroupId":"{{group}}","MessageDeduplicationId":"same"}""");

        await SendAsync("group1");
        await SendAsync("group2");
        await sqs.CallAsync("SetQueueAttributes", $$"""{"QueueUrl":"q.fifo","Attributes":{"DeduplicationScope":"{{changed}}"} }""");
        await SendAsync("group3");

        _endpoint.Catalog.Find("q.fifo")!.Stats.Depth.Should().Be(messages);
    }

    /// <summary>test_send_batch_message_size, test_fair_queue_with_message_group_id.</summary>
    [Fact]
    public async Task A_message_of_a_batch_that_is_too_long_fails_alone_and_a_standard_queue_tells_message_groups()
    {
        var sqs = new SqsCaller(_http, isQuery: false);
        await CreateAsync(sqs, """{"MaximumMessageSize":"1024"}""");

        (await sqs.CallAsync("SendMessageBatch", $$"""{"QueueUrl":"q","Entries":[{"Id":"1","MessageBody":"{{new string('a', 1024)}}","MessageGroupId":"test"},{"Id":"2","MessageBody":"{{new string('a', 1025)}}"}]}""")).Body
            .Should().Contain("""{"Id":"2","SenderFault":true,"Code":"InvalidParameterValue","Message":"One or more parameters cannot be validated. Reason: Message must be shorter than 1024 bytes."}""")
            .And.Contain("\"MD5OfMessageBody\":\"c9a34cfc85d982698c6ac89f76071abd\"");
        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q","AttributeNames":["MessageGroupId"]}""")).Body.Should().Contain("\"Attributes\":{\"MessageGroupId\":\"test\"}");
    }

    /// <summary>test_successive_purge_calls_fail, test_non_existent_queue, test_list_queues_pagination, and what CreateQueue says of a queue that was just deleted.</summary>
    [Fact]
    public async Task Queues_are_purged_once_a_minute_listed_by_page_and_gone_when_they_are_deleted()
    {
        var (sqs, query) = (new SqsCaller(_http, isQuery: false), new SqsCaller(_http, isQuery: true));
        await CreateAsync(sqs, "{}");
        await sqs.CallAsync("PurgeQueue", """{"QueueUrl":"q"}""");
        (await sqs.RefusalAsync("PurgeQueue", """{"QueueUrl":"q"}""")).Should().Be("403 AWS.SimpleQueueService.PurgeQueueInProgress: Only one PurgeQueue operation on q is allowed every 60 seconds.");

        var first = JsonNode.Parse((await sqs.CallAsync("ListQueues", """{"MaxResults":3}""")).Body)!;
        first["QueueUrls"]!.AsArray().Should().HaveCount(3);
        Encoding.UTF8.GetString(Convert.FromBase64String((string)first["NextToken"]!)).Should().Be((string)first["QueueUrls"]![2]!);
        (await sqs.CallAsync("ListQueues", $$"""{"MaxResults":3,"NextToken":"{{first["NextToken"]}}"}""")).Body.Should().Be($$"""{"QueueUrls":["{{_endpoint.Url}}/000000000000/q"]}""");

        await sqs.CallAsync("DeleteQueue", """{"QueueUrl":"q"}""");
        (await sqs.RefusalAsync("GetQueueUrl", """{"QueueName":"q"}""")).Should().Be("400 AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist.");
        (await query.RefusalAsync("GetQueueAttributes", """{"QueueUrl":"q"}""")).Should().Be("400 AWS.SimpleQueueService.NonExistentQueue: The specified queue does not exist for this wsdl version.");
        (await sqs.RefusalAsync("CreateQueue", """{"QueueName":"q"}""")).Should().Be(
            "400 AWS.SimpleQueueService.QueueDeletedRecently: You must wait 60 seconds after deleting a queue before you can create another with the same name.");
        _clock.Advance(TimeSpan.FromSeconds(60));
        (await sqs.CallAsync("CreateQueue", """{"QueueName":"q"}""")).Status.Should().Be(200);
        (await sqs.RefusalAsync("DeleteQueue", """{"QueueUrl":"plain"}""")).Should().StartWith("400 AWS.SimpleQueueService.UnsupportedOperation: ");
    }

    /// <summary>
    /// test_fifo_message_attributes, test_receive_message_attribute_names_filters, test_fifo_deduplication_arrives_once_after_delete, test_receive_empty_queue,
    /// test_fifo_empty_message_groups_added_back_to_queue, test_fifo_delete_message_with_expired_receipt_handle.
    /// </summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_message_of_a_FIFO_queue_has_its_system_attributes_and_comes_once(bool isQuery)
    {
        var sqs = new SqsCaller(_http, isQuery);
        await CreateAsync(sqs, """{"FifoQueue":"true","VisibilityTimeout":"1"}""");
        const string Send = """{"QueueUrl":"q.fifo","MessageBody":"message-body-1","MessageGroupId":"group-1","MessageDeduplicationId":"dedup-1"}""";
        async Task<JsonNode?> ReceiveAsync(string names) => JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", $$"""{"QueueUrl":"q.fifo","AttributeNames":[{{names}}]}""")).Body)!["Messages"]?[0];

        (await sqs.CallAsync("ReceiveMessage", """{"QueueUrl":"q.fifo"}""")).Body.Should().Be("{}");
        (await sqs.CallAsync("SendMessage", Send)).Body.Should().Contain("\"MD5OfMessageBody\":\"19c9e282d65f9733bc6b35d50062c7ee\"");
        var first = (await ReceiveAsync("\"All\""))!;
        first["Attributes"]!.AsObject().Select(static attribute => attribute.Key).Should().BeEquivalentTo(
            "ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "MessageDeduplicationId", "MessageGroupId", "SenderId", "SentTimestamp", "SequenceNumber");
        _clock.Advance(TimeSpan.FromSeconds(2));
        var second = (await ReceiveAsync("\"ApproximateReceiveCount\",\"MessageGroupId\""))!;
        second["Attributes"]!.ToJsonString().Should().Be("""{"ApproximateReceiveCount":"2","MessageGroupId":"group-1"}""");
        (await sqs.RefusalAsync("DeleteMessage", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{first["ReceiptHandle"]}}"}""")).Should().EndWith("Reason: The receipt handle has expired.");
        await sqs.CallAsync("DeleteMessage", $$"""{"QueueUrl":"q.fifo","ReceiptHandle":"{{second["ReceiptHandle"]}}"}""");
        await sqs.CallAsync("SendMessage", Send);
        (await ReceiveAsync("")).Should().BeNull();
        await sqs.CallAsync("SendMessage", Send.Replace("dedup-1", "dedup-2", StringComparison.Ordinal));
        (await ReceiveAsync("")).Should().NotBeNull();
    }

    /// <summary>The form of a batch and its XML, as botocore 1.31.80 writes and reads them.</summary>
    [Fact]
    public async Task A_form_is_answered_with_XML()
    {
        var query = new SqsCaller(_http, isQuery: true);

        var sent = await query.PostAsync(
            "Action=SendMessageBatch&Version=2012-11-05&SendMessageBatchRequestEntry.1.Id=one&SendMessageBatchRequestEntry.1.MessageBody=a%20%26%20b%0D"
            + "&SendMessageBatchRequestEntry.1.MessageAttribute.1.Name=n&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.DataType=Number&SendMessageBatchRequestEntry.1.MessageAttribute.1.Value.StringValue=7",
            "/000000000000/plain");
        var received = await query.PostAsync("Action=ReceiveMessage&Version=2012-11-05&AttributeName.1=ApproximateReceiveCount&MessageAttributeName.1=All", "/000000000000/plain");

        XNamespace names = "http://queue.amazonaws.com/doc/2012-11-05/";
        (sent.Status, sent.Headers["Content-Type"]).Should().Be((200, "text/xml"));
        XElement.Parse(sent.Body).Element(names + "SendMessageBatchResult")!.Element(names + "SendMessageBatchResultEntry")!.Element(names + "Id")!.Value.Should().Be("one");
        var message = XElement.Parse(received.Body).Element(names + "ReceiveMessageResult")!.Element(names + "Message")!;
        message.Element(names + "Body")!.Value.Should().Be("a & b\r");
        message.Element(names + "Attribute")!.ToString(SaveOptions.DisableFormatting).Should().Contain("<Name>ApproximateReceiveCount</Name><Value>1</Value>");
        message.Element(names + "MessageAttribute")!.Element(names + "Value")!.Element(names + "StringValue")!.Value.Should().Be("7");
    }

    private static string TwentyEntries(string members) =>
        $$"""{"QueueUrl":"q","Entries":[{{string.Join(',', Enumerable.Range(0, 20).Select(i => "{\"Id\":\"" + i + "\"," + members + "}"))}}]}""";

    private static Task<EndpointResponse> CreateAsync(SqsCaller sqs, string attributes) =>
        sqs.CallAsync("CreateQueue", $$"""{"QueueName":"{{(attributes.Contains("FifoQueue", StringComparison.Ordinal) ? "q.fifo" : "q")}}","Attributes":{{attributes}}}""");

    private static async Task<string> ReceivedAsync(SqsCaller sqs, string queue)
    {
        await sqs.CallAsync("SendMessage", $$"""{"QueueUrl":"{{queue}}","MessageBody":"foobar"{{(queue == "q" ? "" : ",\"MessageGroupId\":\"1\"")}}}""");
        return (string)JsonNode.Parse((await sqs.CallAsync("ReceiveMessage", $$"""{"QueueUrl":"{{queue}}"}""")).Body)!["Messages"]![0]!["ReceiptHandle"]!;
    }
}
