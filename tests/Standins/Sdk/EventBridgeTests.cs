using Amazon;
using Amazon.EventBridge;
using Amazon.EventBridge.Model;
using Amazon.Runtime;

namespace DataToEvents.Standins.Tests.Sdk;

public sealed class EventBridgeTests
{
    private static readonly BasicAWSCredentials Credentials = new("AKID", "secret");

    [Fact]
    public async Task Events_are_put_as_signed_JSON()
    {
        await using var service = new FakeService((200, """{"FailedEntryCount":0,"Entries":[{"EventId":"e-1"}]}"""));
        using var client = Client(service);

        var response = await client.PutEventsAsync(new PutEventsRequest
        {
            Entries =
            [
                new()
                {
                    Source = "datatoevents.insert",
                    DetailType = "DataInserted",
                    Detail = """{"name":"José"}""",
                    EventBusName = "bus",
                    Resources = ["arn:aws:dynamodb:eu-north-1:123456789012:table/events"],
                    Time = new DateTime(2026, 11, 24, 8, 9, 10, DateTimeKind.Utc),
                    TraceHeader = "Root=1-a",
                },
            ],
        });

        var sent = service.Requests.Should().ContainSingle().Subject;
        sent.Method.Should().Be("POST");
        sent.Path.Should().Be("/");
        sent.Headers["X-Amz-Target"].Should().Be("AWSEvents.PutEvents");
        sent.Headers["Content-Type"].Should().Be("application/x-amz-json-1.1");
        sent.Headers["Authorization"].Should().StartWith("AWS4-HMAC-SHA256 Credential=AKID/").And.Contain("/eu-north-1/events/aws4_request");
        sent.Body.Should().Be(
            """{"Entries":[{"Detail":"{\"name\":\"José\"}","DetailType":"DataInserted","EventBusName":"bus","Resources":["arn:aws:dynamodb:eu-north-1:123456789012:table/events"],"Source":"datatoevents.insert","Time":1795507750,"TraceHeader":"Root=1-a"}]}""");
        response.FailedEntryCount.Should().Be(0);
        response.Entries.Should().ContainSingle().Which.EventId.Should().Be("e-1");
        response.HttpStatusCode.Should().Be(HttpStatusCode.OK);
        response.ResponseMetadata.RequestId.Should().Be("request-1");
    }

    [Fact]
    public async Task A_replay_is_started_from_an_archive_and_asked_about()
    {
        await using var service = new FakeService(
            (200, """{"ArchiveArn":"arn:archive","EventSourceArn":"arn:bus","ArchiveName":"a","EventCount":5}"""),
            (200, """{"ReplayArn":"arn:replay","State":"STARTING"}"""),
            (200, """{"ReplayName":"r","State":"FAILED","StateReason":"why","EventStartTime":1795507750}"""));
        using var client = Client(service);

        var archive = await client.DescribeArchiveAsync(new DescribeArchiveRequest { ArchiveName = "a" });
        var started = await client.StartReplayAsync(new StartReplayRequest
        {
            ReplayName = "r",
            EventSourceArn = archive.ArchiveArn,
            EventStartTime = new DateTime(2026, 11, 24, 8, 9, 10, DateTimeKind.Utc),
            EventEndTime = new DateTime(2026, 11, 24, 8, 9, 11, DateTimeKind.Utc),
            Destination = new ReplayDestination { Arn = archive.EventSourceArn },
        });
        var replay = await client.DescribeReplayAsync(new DescribeReplayRequest { ReplayName = "r" });

        service.Requests.Select(sent => (sent.Headers["X-Amz-Target"], sent.Body)).Should().Equal(
            ("AWSEvents.DescribeArchive", """{"ArchiveName":"a"}"""),
            ("AWSEvents.StartReplay", """{"ReplayName":"r","EventSourceArn":"arn:archive","EventStartTime":1795507750,"EventEndTime":1795507751,"Destination":{"Arn":"arn:bus"}}"""),
            ("AWSEvents.DescribeReplay", """{"ReplayName":"r"}"""));
        (started.State, replay.State, replay.StateReason).Should().Be((ReplayState.STARTING, ReplayState.FAILED, "why"));
    }

    [Fact]
    public async Task What_is_not_set_is_not_sent_and_a_time_keeps_its_milliseconds()
    {
        await using var service = new FakeService((200, "{}"));
        using var client = Client(service);

        await client.PutEventsAsync(new PutEventsRequest { Entries = [new() { Time = new DateTime(2026, 11, 24, 8, 9, 10, 11, DateTimeKind.Utc) }] });
        var response = await client.PutEventsAsync(new PutEventsRequest());

        service.Requests.Select(sent => sent.Body).Should().Equal("""{"Entries":[{"Time":1795507750.011}]}""", "{}");
        response.Entries.Should().BeNull();
        response.FailedEntryCount.Should().BeNull();
    }

    [Fact]
    public async Task The_outcome_of_each_entry_is_read()
    {
        await using var service = new FakeService((200,
            """{"New":{"deep":[{}]},"FailedEntryCount":1,"Entries":[{"EventId":"e-1","New":[1]},{"ErrorCode":"InternalFailure","ErrorMessage":"again","EventId":null}]}"""));
        using var client = Client(service);

        var response = await client.PutEventsAsync(new PutEventsRequest { Entries = [new(), new()] });

        response.FailedEntryCount.Should().Be(1);
        response.Entries.Select(entry => $"{entry.EventId}/{entry.ErrorCode}/{entry.ErrorMessage}").Should().Equal("e-1//", "/InternalFailure/again");
    }

    [Fact]
    public async Task A_bus_is_described()
    {
        await using var service = new FakeService((200, """{"Name":"bus","Arn":"arn","Policy":"{}","Description":"d","KmsKeyIdentifier":"k"}"""));
        using var client = Client(service);

        var bus = await client.DescribeEventBusAsync(new DescribeEventBusRequest { Name = "bus" });

        service.Requests[0].Headers["X-Amz-Target"].Should().Be("AWSEvents.DescribeEventBus");
        service.Requests[0].Body.Should().Be("""{"Name":"bus"}""");
        bus.Should().BeEquivalentTo(new { Name = "bus", Arn = "arn", Policy = "{}", Description = "d", KmsKeyIdentifier = "k" });
    }

    [Fact]
    public async Task Modelled_errors_have_their_own_exceptions_and_others_the_services()
    {
        await using var service = new FakeService(
            (400, """{"__type":"com.amazonaws.events#ResourceNotFoundException","message":"no bus"}"""),
            (400, """{"__type":"ValidationException","message":"bad"}"""));
        using var client = Client(service);
        var describe = () => client.DescribeEventBusAsync(new DescribeEventBusRequest { Name = "bus" });

        (await describe.Should().ThrowAsync<ResourceNotFoundException>().WithMessage("no bus")).Which.Should()
            .Match<ResourceNotFoundException>(e => e.ErrorCode == "ResourceNotFoundException" && e.StatusCode == HttpStatusCode.BadRequest && e.RequestId == "request-1");
        (await describe.Should().ThrowExactlyAsync<AmazonEventBridgeException>().WithMessage("bad")).Which.ErrorCode.Should().Be("ValidationException");
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public void The_endpoint_is_the_regions()
    {
        Endpoint(new AmazonEventBridgeConfig { RegionEndpoint = RegionEndpoint.EUNorth1 }).Should().StartWith("https://events.eu-north-1.amazonaws.com");
        Endpoint(new AmazonEventBridgeConfig { RegionEndpoint = RegionEndpoint.CNNorth1 }).Should().StartWith("https://events.cn-north-1.amazonaws.com.cn");
        Endpoint(new AmazonEventBridgeConfig { RegionEndpoint = RegionEndpoint.USEast1, UseFIPSEndpoint = true }).Should().StartWith("https://events-fips.us-east-1.amazonaws.com");
        Endpoint(new AmazonEventBridgeConfig { RegionEndpoint = RegionEndpoint.USEast1, UseDualstackEndpoint = true }).Should().StartWith("https://events.us-east-1.api.aws");

        static string Endpoint(AmazonEventBridgeConfig config) => config.DetermineServiceOperationEndpoint(new(new PutEventsRequest())).URL;
    }

    [Fact]
    public async Task A_global_endpoint_is_refused_clearly()
    {
        using var client = new AmazonEventBridgeClient(Credentials, RegionEndpoint.EUNorth1);

        await client.Invoking(it => it.PutEventsAsync(new PutEventsRequest { EndpointId = "abc.def" })).Should().ThrowAsync<AmazonClientException>().WithMessage("*SigV4a*");
    }

    private static AmazonEventBridgeClient Client(FakeService service) =>
        new(Credentials, new AmazonEventBridgeConfig { ServiceURL = service.Url, AuthenticationRegion = "eu-north-1" });
}
