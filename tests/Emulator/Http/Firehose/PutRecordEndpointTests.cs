using DataToEvents.Emulator.DeliveryStreams;

namespace DataToEvents.Emulator.Tests.Http.Firehose;

public sealed class PutRecordEndpointTests() : FirehoseOverHttp(new DeliveryStreamOptions { Name = "data-events-stream", MaxBufferedBytes = 2_000_000 })
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/JSON; charset=utf-8")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/x-ndjson")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public async Task A_body_is_accepted_as_one_record_with_its_bytes(string? type)
    {
        var answer = await PostAsync("{\"a\":1}\n{\"b\":2}\n"u8.ToArray(), type);

        answer.Status.Should().Be(200);
        JsonNode.Parse(answer.Body)!["recordId"]!.GetValue<string>().Should().NotBeEmpty();
        (Fixture.Stream.Stats.Accepted, Fixture.Stream.Stats.BufferedBytes).Should().Be((1, 16));
    }

    [Fact]
    public async Task A_record_of_the_largest_size_is_accepted_and_a_larger_one_is_told_the_limit()
    {
        (await PostAsync(new byte[DeliveryStreamLimits.MaxRecordBytes])).Status.Should().Be(200);

        var refused = await PostAsync(new byte[DeliveryStreamLimits.MaxRecordBytes + 1]);

        (refused.Status, refused.Json).Should().Be((413, """413 {"message":"A record has at most 1,024,000 bytes. Send this one in parts, or its payload by reference."}"""));
        Fixture.Stream.Stats.Accepted.Should().Be(1);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/octet-stream")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task Another_type_is_refused(string type)
    {
        (await PostAsync("x"u8.ToArray(), type)).Json.Should().Be("""415 {"message":"Unsupported Media Type"}""");
        Fixture.Stream.Stats.Accepted.Should().Be(0);
    }

    [Fact]
    public async Task A_full_stream_says_that_the_record_may_be_sent_again()
    {
        await PostAsync(new byte[DeliveryStreamLimits.MaxRecordBytes]);
        await PostAsync(new byte[900_000]);

        (await PostAsync(new byte[DeliveryStreamLimits.MaxRecordBytes])).Json.Should().Be("""503 {"message":"The delivery stream takes no more at the moment. Send the record again."}""");
        Fixture.Stream.Stats.Accepted.Should().Be(2);
    }

    [Theory]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost:3000", 200)]
    public async Task A_page_of_another_site_puts_records_only_if_it_is_let_in(string origin, int status)
    {
        (await PostAsync("{}"u8.ToArray(), "text/plain", origin)).Status.Should().Be(status);
        Fixture.Stream.Stats.Accepted.Should().Be(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task The_hosts_own_page_puts_records() =>
        (await PostAsync("{}"u8.ToArray(), "application/json", $"http://127.0.0.1:{Endpoint.Port}")).Status.Should().Be(200);

    private async Task<EndpointResponse> PostAsync(byte[] body, string? type = "application/json", string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ingest") { Content = new ByteArrayContent(body) };
        if (type is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await EndpointResponse.ToAsync(Http, request);
    }
}
