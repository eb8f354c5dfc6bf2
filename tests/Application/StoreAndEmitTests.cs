using DataToEvents.Application.EventResponder;
using DataToEvents.Application.EventStorer;
using DataToEvents.Application.IntegrationEventEmitter;
using DataToEvents.Application.Lanes;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests;

public sealed class StoreAndEmitTests
{
    [Fact]
    public async Task A_failed_message_takes_the_later_ones_of_its_stream_with_it_and_no_others()
    {
        var report = await Store(item => item.Event.Id.Value == "2" ? AppendKind.Refused : AppendKind.Stored,
            Message("1", "a"), Message("2", "a"), Message("3", "b"), Message("4", "a"));

        report.Failures.Select(failure => failure.MessageId).Should().Equal("2", "4");
        report.Stored.Should().Be(2);
    }

    [Fact]
    public async Task A_duplicate_is_a_success_and_a_conflict_goes_to_quarantine_and_is_one_too()
    {
        var quarantine = new FakeQuarantine();
        var report = await Store(item => item.Event.Id.Value == "1" ? AppendKind.Duplicate : AppendKind.Conflict, quarantine, Message("1", "a"), Message("2", "a"));

        report.Should().BeEquivalentTo(new { Stored = 0, Duplicates = 1, Conflicts = 1 });
        report.Failures.Should().BeEmpty();
        quarantine.Taken.Should().ContainSingle().Which.Id.Value.Should().Be("2");
    }

    [Fact]
    public async Task A_conflict_that_cannot_be_put_aside_stays_in_the_queue()
    {
        var report = await Store(_ => AppendKind.Conflict, new FakeQuarantine(new IOException("no bucket")), Message("1", "a"));

        report.Failures.Should().ContainSingle().Which.Reason.Should().Contain("no bucket");
    }

    [Fact]
    public async Task A_message_that_is_no_event_fails_alone()
    {
        var report = await Store(_ => AppendKind.Stored, new QueuedMessage("1", "a", "1", "nonsense"u8.ToArray()), Message("2", "b"), Message("3", "a"));

        report.Failures.Should().ContainSingle().Which.MessageId.Should().Be("1");
        report.Stored.Should().Be(2);
    }

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

    [Fact]
    public async Task A_replayed_event_is_ignored_unless_asked_for()
    {
        var view = new FakeView();
        var envelope = Some.Event("a", "1").Envelope;

        var replayed = DataEvent.Parse(envelope).ReplayedEnvelope("run", "1");
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(envelope, "r", CancellationToken.None)).Response.Should().Be(Response.ReplayIgnored);
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(replayed, null, CancellationToken.None)).Response.Should().Be(Response.ReplayIgnored);
        (await new RespondToEvent(view, new ResponderOptions(HandleReplays: true), TimeProvider.System).ExecuteAsync(envelope, "r", CancellationToken.None)).Response.Should().Be(Response.Applied);
        (await new RespondToEvent(view, new ResponderOptions(), TimeProvider.System).ExecuteAsync(envelope, null, CancellationToken.None)).Response.Should().Be(Response.AlreadyApplied);
    }

    private static QueuedMessage Message(string id, string stream) => new(id, stream, id, Some.Event(stream, id).Envelope);

    private static StoreChange Change(string number, string stream, StoreChangeKind kind = StoreChangeKind.Inserted) =>
        new(number, kind, stream, Some.Event(stream, number).Envelope, "007", ["arn:aws:dynamodb:r:1:table/t", "arn:aws:dynamodb:r:1:table/t/stream/l"]);

    private static Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, params QueuedMessage[] messages) => Store(fate, new FakeQuarantine(), messages);

    private static Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, FakeQuarantine quarantine, params QueuedMessage[] messages) =>
        new StoreEvents(new FakeStore(item => new AppendOutcome(fate(item))), quarantine, Some.Lanes(), new EventStorerOptions(), TimeProvider.System).ExecuteAsync(messages, Some.Budget);

    private static Task<EmissionReport> Emit(FakePublisher publisher, params StoreChange[] changes) => Emit(publisher, new EmitterOptions(), changes);

    private static Task<EmissionReport> Emit(FakePublisher publisher, EmitterOptions options, params StoreChange[] changes) =>
        new EmitIntegrationEvents(publisher, Some.Lanes(), options).ExecuteAsync(changes, Some.Budget);

    private sealed class FakeView : IStreamView
    {
        private readonly HashSet<(string, string)> _seen = [];

        public Task<bool> ApplyAsync(DataEvent received, string sequence, CancellationToken cancellationToken) =>
            Task.FromResult(_seen.Add((received.Stream.Value, received.Id.Value)));

        public Task<ViewSummary> SummaryAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StreamSummary?> StreamAsync(StreamId stream, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<ReadOnlyMemory<byte>>> EventsAsync(string? type, int limit, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
