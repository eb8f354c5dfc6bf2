using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Firehose;

/// <summary>The whole responses of Firehose's operations, for a stream that has room for two records.</summary>
public sealed partial class FirehoseResponseTests() : FirehoseOverHttp(new DeliveryStreamOptions { Name = "stream", Prefix = "lake/", ErrorOutputPrefix = "errors/", MaxBufferedRecords = 2 })
{
    [Fact]
    public async Task The_stream_is_described() => (await TellAsync("DescribeDeliveryStream", """{"DeliveryStreamName":"stream"}""")).Should().Be(EndpointResponse.Compact("""
        {"DeliveryStreamDescription":{
            "DeliveryStreamName":"stream","DeliveryStreamARN":"arn:aws:firehose:us-east-1:000000000000:deliverystream/stream",
            "DeliveryStreamStatus":"ACTIVE","DeliveryStreamType":"DirectPut","VersionId":"1","HasMoreDestinations":false,
            "Destinations":[{
                "DestinationId":"destinationId-000000000001",
                "ExtendedS3DestinationDescription":{"Prefix":"lake/","ErrorOutputPrefix":"errors/","CompressionFormat":"GZIP"}}]}}
        """));

    [Theory]
    [InlineData("{}", "\"stream\"")]
    [InlineData("""{"DeliveryStreamType":"DirectPut","Limit":1,"ExclusiveStartDeliveryStreamName":"strea"}""", "\"stream\"")]
    [InlineData("""{"ExclusiveStartDeliveryStreamName":"stream"}""", "")]
    [InlineData("""{"DeliveryStreamType":"KinesisStreamAsSource"}""", "")]
    public async Task The_stream_is_listed_if_it_is_asked_for(string request, string names) =>
        (await TellAsync("ListDeliveryStreams", request)).Should().Be($$"""{"DeliveryStreamNames":[{{names}}],"HasMoreDeliveryStreams":false}""");

    [Fact]
    public async Task An_accepted_record_has_an_id_and_a_record_without_room_may_be_sent_again()
    {
        const string Put = """{"DeliveryStreamName":"stream","Record":{"Data":"eA=="}}""";

        (await TellAsync("PutRecord", Put)).Should().Be("""{"RecordId":"(record)","Encrypted":false}""");
        (await TellAsync("PutRecord", Put)).Should().Be("""{"RecordId":"(record)","Encrypted":false}""");
        (await CallAsync("PutRecord", Put)).Refusal.Should().StartWith("503 ServiceUnavailableException: ");
    }

    [Fact]
    public async Task A_batch_has_an_outcome_for_each_record()
    {
        var answer = JsonNode.Parse(await TellAsync("PutRecordBatch", """{"DeliveryStreamName":"stream","Records":[{"Data":"eA=="},{"Data":"eQ=="},{"Data":"eg=="}]}"""))!;

        ((string)answer["RequestResponses"]![2]!["ErrorMessage"]!).Should().NotBeNullOrEmpty();
        answer["RequestResponses"]![2]!["ErrorMessage"] = "(words)";
        answer.ToJsonString().Should().Be(EndpointResponse.Compact("""
            {"FailedPutCount":1,"Encrypted":false,"RequestResponses":[{"RecordId":"(record)"},{"RecordId":"(record)"},{"ErrorCode":"ServiceUnavailableException","ErrorMessage":"(words)"}]}
            """));
    }

    [Theory]
    [InlineData("""{"Other":null,"DeliveryStreamName":"stream","Records":[{"Data":"eHl6","More":null}],"Record":null}""")]
    [InlineData("""{"Records":[{"Data":"eHl6"}],"DeliveryStreamName":"stream"}""")]
    [InlineData("""{"Records":[{"Data":"\u0065Hl6"}],"DeliveryStreamName":"stream"}""")]
    public async Task A_call_may_have_its_members_in_any_order_and_members_that_are_null(string body)
    {
        (await TellAsync("PutRecordBatch", body)).Should().Be("""{"FailedPutCount":0,"Encrypted":false,"RequestResponses":[{"RecordId":"(record)"}]}""");
        Fixture.Stream.Stats.BufferedBytes.Should().Be(3);
    }

    [Theory]
    [InlineData("PutRecord", """{"DeliveryStreamName":"stream"}""", "ValidationException: 1 validation error detected: Value null at 'record' failed to satisfy constraint: Member must not be null")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"other"}""", "ResourceNotFoundException: Firehose other under account 000000000000 not found.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"other"}""", "ResourceNotFoundException: Firehose other under account 000000000000 not found.")]
    [InlineData("DescribeDeliveryStream", "{}", "ResourceNotFoundException: Firehose  under account 000000000000 not found.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"stream"}""", "InvalidArgumentException: A call has 1 to 500 records; this one has 0.")]
    [InlineData("PutRecordBatch", "[]", "SerializationException: Expected StartObject, found StartArray.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":5}""", "SerializationException: Expected String, found Number.")]
    [InlineData("PutRecordBatch", """{"Records":{}}""", "SerializationException: Expected StartArray, found StartObject.")]
    [InlineData("PutRecordBatch", """{"Records":[5]}""", "SerializationException: Expected StartObject, found Number.")]
    [InlineData("PutRecordBatch", """{"Records":[{"Data":5}]}""", "SerializationException: Expected String, found Number.")]
    [InlineData("PutRecordBatch", """{"Records":[{}]}""", "SerializationException: A record has no Data.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"stream","Records":[{"Data":"eA==","Other":[{"Data":5}]}]}""", "ValidationException: Record with Other is not supported here.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"stream","Records":[{"Data":"eA=="}],"Other":{}}""", "ValidationException: PutRecordBatch with Other is not supported here.")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"stream","Record":{"Data":"eA=="}}""", "ValidationException: PutRecordBatch with Record is not supported here.")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"stream","Records":[{"Data":"eA=="}]}""", "ValidationException: PutRecord with Records is not supported here.")]
    [InlineData("ListDeliveryStreams", """{"Limit":0}""", "ValidationException: 1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have a value from 1 to 10000")]
    [InlineData("ListDeliveryStreams", """{"DeliveryStreamType":"Other"}""", "ValidationException: 1 validation error detected: Value 'Other' at 'deliveryStreamType' failed to satisfy constraint: Member must satisfy enum value set: [DirectPut, KinesisStreamAsSource, MSKAsSource, DatabaseAsSource]")]
    [InlineData("PutRecordBatch", """{"Records":[{"Data":"eA="}]}""", "SerializationException: Data is not base64.")]
    [InlineData("PutRecordBatch", """{"Records":[{"Data":"\/?"}]}""", "SerializationException: Data is not base64.")]
    [InlineData("CreateDeliveryStream", "{}", "UnknownOperationException: The requested operation is not recognized by the service.")]
    public async Task An_invalid_call_is_refused_with_the_reason(string operation, string body, string refusal)
    {
        var answer = await CallAsync(operation, body);

        answer.Refusal[4..].Should().Be(refusal);
        (answer.Status, answer.Headers["Content-Type"]).Should().Be((400, "application/x-amz-json-1.1"));
        Fixture.Stream.Stats.Accepted.Should().Be(0);
    }

    private Task<EndpointResponse> CallAsync(string operation, string body) => EndpointResponse.ToAsync(Http, $"Firehose_20150804.{operation}", body);

    private async Task<string> TellAsync(string operation, string body) => Id().Replace((await CallAsync(operation, body)).Json, "\"RecordId\":\"(record)\"");

    [GeneratedRegex("\"RecordId\":\"[^\"]{20,}\"")]
    private static partial Regex Id();
}
