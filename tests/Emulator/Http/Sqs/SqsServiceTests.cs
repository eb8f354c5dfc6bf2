using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Emulator.Tests.Http.Sqs;

/// <summary>The whole responses of SQS's operations on messages.</summary>
public sealed partial class SqsServiceTests : IAsyncLifetime
{
    private const string Error = "400 com.amazonaws.sqs#";

    private const string Trace = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

    private const string Attributes = $$$"""
        "MessageAttributes":{"b":{"DataType":"String","StringValue":"1"},"a":{"DataType":"String","StringValue":"é"}},
        "MessageSystemAttributes":{"AWSTraceHeader":{"DataType":"String","StringValue":"{{{Trace}}}"}}
        """;

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private TestEndpoint _endpoint = null!;

    public async Task InitializeAsync() => _endpoint = await TestEndpoint.StartAsync(clock: _clock);

    public async Task DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task A_message_that_is_sent_has_an_id_checksums_and_in_a_fifo_queue_a_number()
    {
        (await TellAsync("SendMessage", $$""" "MessageBody":"José","MessageGroupId":"g","MessageDeduplicationId":"1",{{Attributes}} """)).Should().Be(EndpointResponse.Compact("""
            {
                "MessageId":"(id)","MD5OfMessageBody":"301509102ebca4759d86a5ade3960059","MD5OfMessageAttributes":"e10c11cf842677abe4f2eede8ce4fd35",
                "MD5OfMessageSystemAttributes":"9ffdcbb09a77fcc20d0f656db62fc98b","SequenceNumber":"00000000000000000001"
            }
            """));
        (await TellAsync("SendMessage", """ "MessageBody":"José" """, "plain")).Should().Be("""{"MessageId":"(id)","MD5OfMessageBody":"301509102ebca4759d86a5ade3960059"}""");
    }

    [Fact]
    public async Task A_batch_that_is_sent_has_an_outcome_for_each_entry()
    {
        var answer = await TellAsync("SendMessageBatch", $$"""
            "Entries":[
                {"Id":"1","MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"1",{{Attributes}}},
                {"Id":"2","MessageBody":"y","MessageGroupId":"a b","MessageDeduplicationId":"2"},
                {"Id":"3","MessageBody":"z","MessageGroupId":"g","MessageDeduplicationId":"3"}]
            """);

        answer.Should().Be(EndpointResponse.Compact("""
            {
                "Successful":[
                    {"Id":"1","MessageId":"(id)","MD5OfMessageBody":"9dd4e461268c8034f5c8564e155c67a6","MD5OfMessageAttributes":"e10c11cf842677abe4f2eede8ce4fd35","MD5OfMessageSystemAttributes":"9ffdcbb09a77fcc20d0f656db62fc98b","SequenceNumber":"00000000000000000001"},
                    {"Id":"3","MessageId":"(id)","MD5OfMessageBody":"fbade9e36a3f36d3d676c1b808451dd7","SequenceNumber":"00000000000000000002"}],
                "Failed":[{"Id":"2","SenderFault":true,"Code":"InvalidParameterValue","Message":"Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include alphanumeric and punctuation characters. 1 to 128 in length."}]
            }
            """));
    }

    [Fact]
    public async Task A_message_is_received_with_all_requested_attributes()
    {
        await TellAsync("SendMessage", $$""" "MessageBody":"José \"x\"","MessageGroupId":"g","MessageDeduplicationId":"1",{{Attributes}} """);
        _clock.Advance(TimeSpan.FromSeconds(1));

        var answer = await TellAsync("ReceiveMessage", """ "MessageSystemAttributeNames":["All"],"MessageAttributeNames":["All"] """);

        Handle().Replace(answer, "\"ReceiptHandle\":\"(handle)\"").Should().Be(EndpointResponse.Compact($$$$"""
            {"Messages":[{
                "MessageId":"(id)","ReceiptHandle":"(handle)","MD5OfBody":"7dfff737ffd1dac446727b34693abb77","Body":"José \"x\"",
                "Attributes":{
                    "ApproximateReceiveCount":"1","SentTimestamp":"1795521600000","ApproximateFirstReceiveTimestamp":"1795521601000","SenderId":"000000000000",
                    "AWSTraceHeader":"{{{{Trace}}}}","MessageGroupId":"g","SequenceNumber":"00000000000000000001","MessageDeduplicationId":"1"},
                "MD5OfMessageAttributes":"e10c11cf842677abe4f2eede8ce4fd35",
                "MessageAttributes":{"b":{"DataType":"String","StringValue":"1"},"a":{"DataType":"String","StringValue":"é"}}}]}
            """));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(""" "AttributeNames":["ApproximateReceiveCount"], """, """ ,"Attributes":{"ApproximateReceiveCount":"1"} """)]
    [InlineData(""" "AttributeNames":["SenderId"],"MessageSystemAttributeNames":["SentTimestamp","MessageGroupId"], """, """ ,"Attributes":{"SentTimestamp":"1795521600000","SenderId":"000000000000"} """)]
    [InlineData(""" "MessageAttributeNames":["All"], """, "")]
    public async Task A_message_is_received_without_attributes_that_were_not_requested_or_do_not_exist(string asked, string told)
    {
        await TellAsync("SendMessage", """ "MessageBody":"x" """, "plain");

        var answer = await TellAsync("ReceiveMessage", $$""" {{asked}}"MaxNumberOfMessages":10 """, "plain");

        Handle().Replace(answer, "\"ReceiptHandle\":\"(handle)\"").Should().Be(EndpointResponse.Compact(
            $$"""{"Messages":[{"MessageId":"(id)","ReceiptHandle":"(handle)","MD5OfBody":"9dd4e461268c8034f5c8564e155c67a6","Body":"x"{{told}}}]}"""));
        (await TellAsync("ReceiveMessage", """ "WaitTimeSeconds":0 """, "plain")).Should().Be("{}");
    }

    [Fact]
    public async Task A_receive_gets_one_message_by_default_and_hides_messages_for_the_requested_time()
    {
        foreach (var body in new[] { "x", "y", "z" })
        {
            await TellAsync("SendMessage", $$""" "MessageBody":"{{body}}" """, "plain");
        }

        (await BodiesAsync("")).Should().Equal("x");
        (await BodiesAsync("\"VisibilityTimeout\":10,\"MaxNumberOfMessages\":2")).Should().Equal("y", "z");
        _clock.Advance(TimeSpan.FromSeconds(11));
        (await BodiesAsync("\"MaxNumberOfMessages\":10")).Should().Equal("y", "z");
        _clock.Advance(TimeSpan.FromMinutes(5));
        (await BodiesAsync("\"MaxNumberOfMessages\":10")).Should().BeEquivalentTo("x", "y", "z");
    }

    [Fact]
    public async Task Messages_are_deleted_alone_or_in_a_batch_with_an_outcome_for_each()
    {
        await TellAsync("SendMessage", """ "MessageBody":"x" """, "plain");
        await TellAsync("SendMessage", """ "MessageBody":"y" """, "plain");
        var (first, second) = (await HandleAsync(), await HandleAsync());

        (await TellAsync("DeleteMessage", $$""" "ReceiptHandle":"{{first}}" """, "plain")).Should().Be("{}");
        (await TellAsync("DeleteMessageBatch", $$""" "Entries":[{"Id":"1","ReceiptHandle":"{{second}}"},{"Id":"2","ReceiptHandle":"none"}] """, "plain")).Should().Be(EndpointResponse.Compact("""
            {"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","SenderFault":true,"Code":"ReceiptHandleIsInvalid","Message":"The input receipt handle \"none\" is not a valid receipt handle."}]}
            """));
        _endpoint.Plain.Stats.Depth.Should().Be(0);
    }

    [Fact]
    public async Task Visibility_is_changed_alone_or_in_a_batch_by_default_to_the_queues()
    {
        await TellAsync("SendMessage", """ "MessageBody":"x" """, "plain");
        var handle = await HandleAsync();

        (await TellAsync("ChangeMessageVisibility", $$""" "ReceiptHandle":"{{handle}}","VisibilityTimeout":10 """, "plain")).Should().Be("{}");
        _clock.Advance(TimeSpan.FromSeconds(9));
        (await TellAsync("ChangeMessageVisibilityBatch", $$""" "Entries":[{"Id":"1","ReceiptHandle":"{{handle}}"},{"Id":"2","ReceiptHandle":"none","VisibilityTimeout":1}] """, "plain")).Should().Be(EndpointResponse.Compact("""
            {"Successful":[{"Id":"1"}],"Failed":[{"Id":"2","SenderFault":true,"Code":"ReceiptHandleIsInvalid","Message":"The input receipt handle \"none\" is not a valid receipt handle."}]}
            """));
        _clock.Advance(TimeSpan.FromSeconds(299));
        (await BodiesAsync("")).Should().BeEmpty();
        await TellAsync("ChangeMessageVisibilityBatch", $$""" "Entries":[{"Id":"1","ReceiptHandle":"{{handle}}","VisibilityTimeout":100}] """, "plain");
        _clock.Advance(TimeSpan.FromSeconds(99));
        (await BodiesAsync("")).Should().BeEmpty();
        _clock.Advance(TimeSpan.FromSeconds(1));
        (await BodiesAsync("")).Should().Equal("x");
    }

    [Theory]
    [InlineData("SendMessage", "", "MissingRequiredParameterException: The request must contain the parameter MessageGroupId.")]
    [InlineData("SendMessage", """ "MessageBody":"x","MessageGroupId":"g","MessageDeduplicationId":"d","DelaySeconds":5 """, "InvalidParameterValueException: Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.")]
    [InlineData("SendMessage", """ "MessageAttributes":{"a":{"DataType":"String"}} """, "InvalidParameterValueException: Message (user) attribute 'a' must contain a non-empty value of type 'String'.")]
    [InlineData("SendMessage", """ "MessageAttributes":{"a":5} """, "SerializationException: Not an object where one belongs.")]
    [InlineData("SendMessage", """ "MessageSystemAttributes":{"Other":{"DataType":"String","StringValue":"x"}} """, "InvalidParameterValueException: Message system attribute name 'Other' is invalid.")]
    [InlineData("SendMessageBatch", """ "Entries":[{"Id":"1","MessageBody":"x","MessageDeduplicationId":"d"}] """, "InvalidParameterValueException: The request must contain the parameter MessageGroupId.")]
    [InlineData("SendMessageBatch", "", "EmptyBatchRequest: There should be at least one SendMessageBatchRequestEntry in the request.")]
    [InlineData("ReceiveMessage", """ "MaxNumberOfMessages":11 """, "InvalidParameterValueException: Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.")]
    [InlineData("ReceiveMessage", """ "AttributeNames":"All" """, "SerializationException: AttributeNames is of another type.")]
    [InlineData("ReceiveMessage", """ "AttributeNames":[5] """, "SerializationException: AttributeNames is of another type.")]
    [InlineData("DeleteMessage", "", "MissingRequiredParameterException: The request must contain the parameter ReceiptHandle.")]
    [InlineData("DeleteMessage", """ "ReceiptHandle":"none" """, "ReceiptHandleIsInvalid: The input receipt handle \"none\" is not a valid receipt handle.")]
    [InlineData("DeleteMessageBatch", "", "EmptyBatchRequest: There should be at least one DeleteMessageBatchRequestEntry in the request.")]
    [InlineData("DeleteMessageBatch", """ "Entries":[{"ReceiptHandle":"none"}] """, "MissingRequiredParameterException: The request must contain the parameter Id.")]
    [InlineData("ChangeMessageVisibility", """ "ReceiptHandle":"none" """, "MissingRequiredParameterException: The request must contain the parameter VisibilityTimeout.")]
    [InlineData("ChangeMessageVisibility", """ "ReceiptHandle":"none","VisibilityTimeout":1 """, "ReceiptHandleIsInvalid: The input receipt handle \"none\" is not a valid receipt handle.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string members, string refusal) =>
        (await CallAsync(operation, members, "events.fifo")).Refusal.Should().Be(Error + refusal);

    [Theory]
    [InlineData("SendMessage", "none", "", "AWS.SimpleQueueService.NonExistentQueue;Sender")]
    [InlineData("SendMessageBatch", "plain", "", "AWS.SimpleQueueService.EmptyBatchRequest;Sender")]
    [InlineData("DeleteMessage", "plain", """ "ReceiptHandle":"none" """, "ReceiptHandleIsInvalid;Sender")]
    public async Task Older_clients_find_their_error_code_in_a_header(string operation, string queue, string members, string code) =>
        (await CallAsync(operation, members, queue)).Headers["x-amzn-query-error"].Should().Be(code);

    private Task<EndpointResponse> CallAsync(string operation, string members, string queue) => _endpoint.CallAsync(
        $"AmazonSQS.{operation}", $$"""{"QueueUrl":"http://localhost/000000000000/{{queue}}"{{(string.IsNullOrWhiteSpace(members) ? "" : ",")}}{{members}}}""");

    private async Task<string> TellAsync(string operation, string members, string queue = "events.fifo") => (await CallAsync(operation, members, queue)).Json;

    private async Task<IEnumerable<string>> BodiesAsync(string members) =>
        JsonNode.Parse(await TellAsync("ReceiveMessage", members, "plain"))!["Messages"]?.AsArray().Select(message => (string)message!["Body"]!) ?? [];

    private async Task<string> HandleAsync() => JsonDocument.Parse(await TellAsync("ReceiveMessage", "", "plain")).RootElement.GetProperty("Messages")[0].GetProperty("ReceiptHandle").GetString()!;

    [GeneratedRegex("\"ReceiptHandle\":\"[A-Za-z0-9+/]{22}==\"")]
    private static partial Regex Handle();
}
