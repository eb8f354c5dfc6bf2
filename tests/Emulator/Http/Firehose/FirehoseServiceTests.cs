namespace DataToEvents.Emulator.Tests.Http.Firehose;

public sealed class FirehoseServiceTests : FirehoseOverHttp
{
    [Fact]
    public async Task A_batch_has_a_record_id_for_each_record()
    {
        var (status, answer) = await CallAsync("PutRecordBatch", Batch(Base64("one"), Base64("two"), ""));

        status.Should().Be(HttpStatusCode.OK);
        ((int)answer["FailedPutCount"]!).Should().Be(0);
        answer["RequestResponses"]!.AsArray().Select(entry => (string)entry!["RecordId"]!).Should().HaveCount(3).And.OnlyHaveUniqueItems();
        Fixture.Stream.Stats.BufferedBytes.Should().Be(6);
    }

    [Fact]
    public async Task Base64_with_escaped_signs_is_the_same_data()
    {
        byte[] data = [0xFB, 0xEF, 0xFF, 0xFF];
        var escaped = Convert.ToBase64String(data).Replace("+", "\\u002B", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);

        var (status, _) = await CallAsync("PutRecord", $$"""{"Record":{"Data":"{{escaped}}"},"DeliveryStreamName":"data-events-stream"}""");

        status.Should().Be(HttpStatusCode.OK);
        Fixture.Stream.Stats.BufferedBytes.Should().Be(4);
    }

    [Fact]
    public async Task A_batch_of_the_largest_size_is_accepted_and_a_larger_one_is_refused()
    {
        var megabyte = Convert.ToBase64String(new byte[1_000_000]);
        var (taken, _) = await CallAsync("PutRecordBatch", Batch(megabyte, megabyte, megabyte, megabyte));
        var (refused, answer) = await CallAsync("PutRecordBatch", Batch(megabyte, megabyte, megabyte, megabyte, Convert.ToBase64String(new byte[200_000])));
        var (tooLarge, _) = await CallAsync("PutRecordBatch", Batch(megabyte, megabyte, megabyte, megabyte, megabyte, megabyte));

        (taken, tooLarge).Should().Be((HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge));
        refused.Should().Be(HttpStatusCode.BadRequest);
        ((string)answer["__type"]!).Should().Be("InvalidArgumentException");
    }

    [Theory]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"other","Records":[{"Data":""}]}""", "ResourceNotFoundException")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"data-events-stream","Records":[{"Data":"?"}]}""", "SerializationException")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"data-events-stream","Records":[{"Data":5}]}""", "SerializationException")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"data-events-stream","Records":[{"Da""", "SerializationException")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"\ud800","Records":[]}""", "SerializationException")]
    [InlineData("PutRecordBatch", """{"DeliveryStreamName":"data-events-stream","Records":[]}""", "InvalidArgumentException")]
    [InlineData("PutRecord", """{"DeliveryStreamName":"data-events-stream"}""", "ValidationException")]
    [InlineData("CreateDeliveryStream", "{}", "UnknownOperationException")]
    public async Task An_invalid_call_is_refused_and_no_record_is_accepted(string operation, string body, string type)
    {
        var (_, answer) = await CallAsync(operation, body);

        ((string)answer["__type"]!).Should().Be(type);
        Fixture.Stream.Stats.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task The_stream_is_described_and_listed()
    {
        var (_, described) = await CallAsync("DescribeDeliveryStream", """{"DeliveryStreamName":"data-events-stream"}""");
        var (_, listed) = await CallAsync("ListDeliveryStreams", "{}");

        ((string)described["DeliveryStreamDescription"]!["DeliveryStreamStatus"]!).Should().Be("ACTIVE");
        ((string)listed["DeliveryStreamNames"]![0]!).Should().Be("data-events-stream");
    }

    private static string Batch(params string[] records) =>
        $$"""{"DeliveryStreamName":"data-events-stream","Records":[{{string.Join(",", records.Select(data => $$"""{"Data":"{{data}}"}"""))}}]}""";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task<(HttpStatusCode Status, JsonNode Answer)> CallAsync(string operation, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", $"Firehose_20150804.{operation}");
        using var response = await Http.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
