using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests.IntegrationEventEmitter;

/// <summary>The events that the use case publishes, and its report about each change of a batch.</summary>
public sealed class EmissionReportTests
{
    [Fact]
    public async Task The_checkpoint_stands_before_the_first_change_that_was_not_published()
    {
        var publisher = new FakePublisher(item => item.Detail.Span.IndexOf("\"id\":\"2\""u8) >= 0 ? Attempt.Rejected("malformed") : Attempt.Done);
        var report = await Emit(publisher, Change("1", "a"), Change("2", "b"), Change("3", "c"));

        report.LowestFailed.Should().Be("2");
        report.Published.Should().Be(2);
    }

    [Fact]
    public async Task An_event_names_table_and_stream_and_carries_its_sequence()
    {
        var publisher = new FakePublisher();
        await Emit(publisher, Change("1", "a"));

        var published = publisher.Taken.Should().ContainSingle().Subject;
        published.DetailType.Should().Be("DataInserted");
        published.Resources.Should().Equal("arn:aws:dynamodb:r:1:table/t", "arn:aws:dynamodb:r:1:table/t/stream/l");
        DataEvent.Parse(published.Detail).StreamSequence.Should().Be("007");
    }

    [Fact]
    public async Task Only_inserts_are_published_unless_more_is_switched_on()
    {
        var (few, all) = (new FakePublisher(), new FakePublisher());
        StoreChange[] changes = [Change("1", "a"), Change("2", "a", StoreChangeKind.Modified), Change("3", "a", StoreChangeKind.Removed), Change("4", "a", StoreChangeKind.Expired)];
        await Emit(few, changes);
        await Emit(all, new EmitterOptions(Modified: true, Removed: true), changes);

        few.Taken.Select(item => item.DetailType).Should().Equal("DataInserted");
        all.Taken.Select(item => item.DetailType).Should().Equal("DataInserted", "DataModified", "DataRemoved", "DataExpired");
    }

    private static StoreChange Change(string number, string stream, StoreChangeKind kind = StoreChangeKind.Inserted) =>
        new(number, kind, stream, Example.Event(stream, number).Envelope, "007", ["arn:aws:dynamodb:r:1:table/t", "arn:aws:dynamodb:r:1:table/t/stream/l"]);

    private static Task<EmissionReport> Emit(FakePublisher publisher, params StoreChange[] changes) => Emit(publisher, new EmitterOptions(), changes);

    private static Task<EmissionReport> Emit(FakePublisher publisher, EmitterOptions options, params StoreChange[] changes) =>
        new EmitIntegrationEvents(publisher, Example.Lanes(), options).ExecuteAsync(changes, Example.Budget);
}
