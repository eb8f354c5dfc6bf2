using Amazon.Runtime;
using DataToEvents.Adapters.EventBridge;
using DataToEvents.Adapters.Tests.Contracts;
using DataToEvents.Adapters.Tests.Wire;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Adapters.Tests.EventBridge;

public sealed class EventBridgePublisherTests : EventPublisherContract
{
    private readonly FakeBus _bus = new();

    protected override IEventPublisher Publisher => FakeBus.Publisher(_bus.Wire);

    protected override Task<IReadOnlyList<SeenEvent>> SeenAsync() => Task.FromResult(_bus.Seen);

    [Fact]
    public async Task An_entry_names_the_bus_and_carries_the_trace()
    {
        const string Trace = "Root=1-0af76519-16cd43dd8448eb211c80319c;Parent=b7ad6b7169203331;Sampled=1";

        await Publisher.PublishAsync([Some.Published(Some.Event(), "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")], default);

        using var sent = JsonDocument.Parse(_bus.Wire.Requests.Single().Body);
        var entry = sent.RootElement.GetProperty("Entries")[0];
        entry.GetProperty("EventBusName").GetString().Should().Be("events");
        entry.GetProperty("TraceHeader").GetString().Should().Be(Trace);
    }

    [Theory]
    [InlineData("ThrottlingException", AttemptResult.Retry)]
    [InlineData("InternalFailure", AttemptResult.Retry)]
    [InlineData("InternalException", AttemptResult.Retry)]
    [InlineData("MalformedDetail", AttemptResult.Rejected)]
    [InlineData("NotAuthorizedForSourceException", AttemptResult.Rejected)]
    public async Task An_entry_that_fails_harms_no_other(string code, AttemptResult expected)
    {
        var wire = new FakeAws(_ => WireAnswer.Json(
            $$"""{"FailedEntryCount":1,"Entries":[{"EventId":"1"},{"ErrorCode":"{{code}}","ErrorMessage":"why"},{"EventId":"3"}]}"""));

        var attempts = await FakeBus.Publisher(wire).PublishAsync([.. Enumerable.Range(0, 3).Select(number => Some.Published(Some.Event($"s-{number}")))], default);

        attempts.Select(attempt => attempt.Result).Should().Equal(AttemptResult.Done, expected, AttemptResult.Done);
        attempts[1].Reason.Should().Contain(code).And.Contain("why");
    }

    [Fact]
    public async Task An_answer_that_leaves_an_entry_out_is_a_fault_of_the_call()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("""{"FailedEntryCount":0,"Entries":[]}"""));

        var publish = () => FakeBus.Publisher(wire).PublishAsync([Some.Published(Some.Event())], default);

        await publish.Should().ThrowAsync<InvalidOperationException>().WithMessage("*0 of 1*");
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, "InternalException")]
    [InlineData(HttpStatusCode.BadRequest, "ThrottlingException")]
    public async Task A_call_that_fails_as_a_whole_is_thrown(HttpStatusCode status, string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(status, code));

        var publish = () => FakeBus.Publisher(wire).PublishAsync([Some.Published(Some.Event())], default);

        (await publish.Should().ThrowAsync<AmazonServiceException>()).Which.ErrorCode.Should().Be(code);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "ValidationException")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "RequestTooLarge")]
    [InlineData(HttpStatusCode.BadRequest, "AccessDeniedException")]
    public async Task A_call_that_is_refused_as_a_whole_is_refused_for_each_of_its_events(HttpStatusCode status, string code)
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(status, code));

        var attempts = await FakeBus.Publisher(wire).PublishAsync([Some.Published(Some.Event("s-0")), Some.Published(Some.Event("s-1"))], default);

        attempts.Should().HaveCount(2).And.OnlyContain(attempt => attempt.Result == AttemptResult.Rejected && attempt.Reason == $"EventBridge: {code}: said the service");
    }

    [Fact]
    public Task A_call_that_hangs_ends_when_it_is_cancelled() => FakeAws.HangingAsync((cancellation, wire) => FakeBus.Publisher(wire).PublishAsync([Some.Published(Some.Event())], cancellation));

    [Fact]
    public async Task A_missing_bus_is_found_at_the_start_and_named_with_its_variable()
    {
        var wire = new FakeAws(_ => WireAnswer.JsonError(HttpStatusCode.BadRequest, "ResourceNotFoundException"));

        var check = () => FakeBus.Publisher(wire).EnsureBusExistsAsync(default);

        await check.Should().ThrowAsync<InvalidOperationException>().WithMessage("There is no event bus events (EVENT_BUS_NAME).");
    }

    [Fact]
    public async Task A_bus_that_exists_passes_the_check()
    {
        var wire = new FakeAws(_ => WireAnswer.Json("""{"Name":"events","Arn":"arn:aws:events:eu-north-1:123456789012:event-bus/events"}"""));

        await FakeBus.Publisher(wire).EnsureBusExistsAsync(default);

        wire.Requests.Should().ContainSingle().Which.Operation.Should().Be("DescribeEventBus");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("no such name")]
    public void A_bus_that_can_be_none_is_refused_at_once_by_its_variable(string? name)
    {
        var options = () => new EventBridgeOptions(name);

        options.Should().Throw<ArgumentException>().WithMessage("EVENT_BUS_NAME must be*");
    }
}
