using Amazon.EventBridge;
using Amazon.KinesisFirehose;
using Amazon.KinesisFirehose.Model;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class FirehoseTests
{
    private static readonly BasicAWSCredentials Credentials = new("AKID", "secret");

    [Fact]
    public async Task A_record_is_put_as_base64()
    {
        await using var service = new FakeService((200, """{"RecordId":"r-1","Encrypted":false}"""));
        using var client = Client(service);

        var response = await client.PutRecordAsync(new PutRecordRequest { DeliveryStreamName = "data", Record = new() { Data = new MemoryStream([0, 255, 1]) } });

        var sent = service.Requests.Should().ContainSingle().Subject;
        sent.Headers["X-Amz-Target"].Should().Be("Firehose_20150804.PutRecord");
        sent.Headers["Authorization"].Should().Contain("/eu-north-1/firehose/aws4_request");
        sent.Body.Should().Be("""{"DeliveryStreamName":"data","Record":{"Data":"AP8B"}}""");
        response.RecordId.Should().Be("r-1");
        response.Encrypted.Should().BeFalse();
    }

    [Fact]
    public async Task A_batch_is_put_and_the_outcome_of_each_record_is_read()
    {
        await using var service = new FakeService((200,
            """{"FailedPutCount":1,"Encrypted":true,"RequestResponses":[{"RecordId":"r-1"},{"ErrorCode":"ServiceUnavailableException","ErrorMessage":"Slow down."}]}"""));
        using var client = Client(service);
        using var written = new MemoryStream();
        written.Write("written"u8);

        var response = await client.PutRecordBatchAsync(new PutRecordBatchRequest
        {
            DeliveryStreamName = "data",
            Records = [new() { Data = new MemoryStream("José"u8.ToArray()) }, new() { Data = written }],
        });

        service.Requests[0].Headers["X-Amz-Target"].Should().Be("Firehose_20150804.PutRecordBatch");
        service.Requests[0].Json.GetProperty("Records").EnumerateArray().Select(record => System.Text.Encoding.UTF8.GetString(record.GetProperty("Data").GetBytesFromBase64()))
            .Should().Equal("José", "written");
        response.FailedPutCount.Should().Be(1);
        response.Encrypted.Should().BeTrue();
        response.RequestResponses.Select(entry => $"{entry.RecordId}/{entry.ErrorCode}/{entry.ErrorMessage}")
            .Should().Equal("r-1//", "/ServiceUnavailableException/Slow down.");
    }

    [Fact]
    public async Task A_full_batch_of_four_megabytes_passes()
    {
        await using var service = new FakeService((200, """{"FailedPutCount":0,"RequestResponses":[]}"""));
        using var client = Client(service);
        var record = new byte[8 * 1024];

        await client.PutRecordBatchAsync(new PutRecordBatchRequest
        {
            DeliveryStreamName = "data",
            Records = [.. Enumerable.Range(0, 500).Select(_ => new Amazon.KinesisFirehose.Model.Record { Data = new MemoryStream(record) })],
        });

        service.Requests[0].Json.GetProperty("Records").GetArrayLength().Should().Be(500);
    }

    [Theory]
    [InlineData("InvalidArgumentException", typeof(InvalidArgumentException))]
    [InlineData("InvalidKMSResourceException", typeof(InvalidKMSResourceException))]
    [InlineData("ResourceNotFoundException", typeof(ResourceNotFoundException))]
    [InlineData("SomethingElse", typeof(AmazonKinesisFirehoseException))]
    [InlineData("LimitExceededException", typeof(AmazonKinesisFirehoseException))] // A type of the package, but not an error of these two operations.
    public async Task Errors_are_mapped_to_their_exceptions(string code, Type exception)
    {
        await using var service = new FakeService((400, $$"""{"__type":"{{code}}","message":"no"}"""));
        using var client = Client(service);

        var put = await client.Invoking(it => it.PutRecordAsync(new PutRecordRequest())).Should().ThrowAsync<AmazonKinesisFirehoseException>().WithMessage("no");

        put.Which.Should().BeOfType(exception);
        put.Which.ErrorCode.Should().Be(code);
    }

    [Fact]
    public async Task A_service_that_is_unavailable_is_tried_again_by_the_SDK()
    {
        await using var service = new FakeService(
            (503, """{"__type":"ServiceUnavailableException","message":"Slow down."}"""),
            (500, """{"__type":"InternalFailure","message":"?"}"""),
            (200, """{"RecordId":"r-1"}"""));
        using var client = Client(service, retries: 2);

        (await client.PutRecordAsync(new PutRecordRequest())).RecordId.Should().Be("r-1");

        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task What_stays_unavailable_is_its_own_exception_in_the_end()
    {
        await using var service = new FakeService((503, """{"__type":"ServiceUnavailableException","message":"Slow down."}"""));
        using var client = Client(service, retries: 1);

        await client.Invoking(it => it.PutRecordAsync(new PutRecordRequest())).Should().ThrowAsync<ServiceUnavailableException>();

        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public void Clients_are_registered_by_their_interfaces()
    {
        // An interface whose static members were left to its classes could be no type argument (CS8920).
        using var services = new ServiceCollection()
            .AddSingleton<IAmazonKinesisFirehose>(_ => new AmazonKinesisFirehoseClient(Credentials, Amazon.RegionEndpoint.EUNorth1))
            .AddSingleton<IAmazonEventBridge>(_ => new AmazonEventBridgeClient(Credentials, Amazon.RegionEndpoint.EUNorth1))
            .BuildServiceProvider();

        services.GetRequiredService<IAmazonKinesisFirehose>().Config.RegionEndpoint.SystemName.Should().Be("eu-north-1");
        services.GetRequiredService<IAmazonEventBridge>().Config.RegionEndpointServiceName.Should().Be("events");
    }

    private static AmazonKinesisFirehoseClient Client(FakeService service, int retries = 0) =>
        new(Credentials, new AmazonKinesisFirehoseConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1", MaxErrorRetry = retries });
}
