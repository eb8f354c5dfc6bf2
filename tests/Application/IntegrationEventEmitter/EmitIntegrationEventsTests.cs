using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Application.Tests.IntegrationEventEmitter;

public sealed class EmitIntegrationEventsTests
{
    private static readonly string[] Resources = ["arn:aws:dynamodb:r:1:table/t", "arn:aws:dynamodb:r:1:table/t/stream/l"];

    [Fact]
    public async Task A_call_holds_no_more_bytes_than_it_may_as_the_bus_counts_them()
    {
        var (measured, fits, over) = (new FakePublisher(), new FakePublisher(), new FakePublisher());
        await Emit(measured, int.MaxValue, Change("1", "a"), Change("2", "b"));
        var both = measured.Taken.Sum(entry => entry.Size);

        await Emit(fits, both, Change("1", "a"), Change("2", "b"));
        await Emit(over, both - 1, Change("1", "a"), Change("2", "b"));

        fits.EntriesOfCalls.Should().Equal(2);
        over.EntriesOfCalls.Should().Equal(1, 1);
    }

    [Theory]
    [InlineData(null, "*no envelope*")]
    [InlineData("{}", "No CloudEvent: *")]
    public async Task An_item_that_holds_no_event_fails_for_what_it_lacks_and_the_bus_is_not_called_for_it(string? envelope, string reason)
    {
        var publisher = new FakePublisher();
        var broken = Change("1", "a") with { Envelope = envelope is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(envelope) };

        var report = await Emit(publisher, int.MaxValue, broken);

        report.LowestFailed.Should().Be("1");
        report.Reason.Should().Match(reason).And.NotContain("without a reason");
        publisher.EntriesOfCalls.Should().BeEmpty();
    }

    private static StoreChange Change(string number, string stream) =>
        new(number, StoreChangeKind.Inserted, stream, Example.Event(stream, number).Envelope, "007", Resources);

    private static Task<EmissionReport> Emit(FakePublisher publisher, int maxBytes, params StoreChange[] changes)
    {
        var lanes = new StreamLanes(new LaneOptions(10, maxBytes, 1, TimeSpan.Zero), TimeProvider.System, new Random(1));
        return new EmitIntegrationEvents(publisher, lanes, new EmitterOptions()).ExecuteAsync(changes, Example.Budget);
    }
}
