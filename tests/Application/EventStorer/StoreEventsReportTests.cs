using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.EventStorer;

/// <summary>The report of the use case about each message of a batch.</summary>
public sealed class StoreEventsReportTests
{
    private readonly FakeDeadLetterPort _deadLetters = new();

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
    public async Task A_conflict_with_an_event_that_stands_by_its_own_word_is_counted_as_a_duplicate()
    {
        var quarantine = new FakeQuarantine();
        var envelope = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Example.Event("a", "1").Envelope.Span)[..^1] + ",\"dteconflict\":\"first\"}");

        var report = await Store(_ => AppendKind.Conflict, quarantine, new ArrivedMessage("1", "a", "1", envelope));

        report.Should().BeEquivalentTo(new { Stored = 0, Duplicates = 1, Conflicts = 0 });
        report.Failures.Should().BeEmpty();
        quarantine.Taken.Should().BeEmpty();
    }

    [Fact]
    public async Task A_message_that_is_no_event_is_set_aside_at_once_and_its_stream_goes_on()
    {
        var report = await Store(_ => AppendKind.Stored, Nonsense, Message("2", "b"), Message("3", "a"));

        report.Failures.Should().BeEmpty();
        report.SetAside.Should().ContainSingle().Which.Should().Match<FailedMessage>(message => message.MessageId == "1" && message.Event == null);
        report.Stored.Should().Be(2);
        _deadLetters.Taken.Should().Equal("1");
    }

    [Fact]
    public async Task An_event_that_the_store_never_takes_is_set_aside_at_once_and_its_stream_goes_on()
    {
        var report = await Store(item => item.Event.Id.Value == "2" ? AppendKind.Unstorable : AppendKind.Stored, Message("1", "a"), Message("2", "a"), Message("3", "a"));

        report.Failures.Should().BeEmpty();
        report.SetAside.Should().ContainSingle().Which.Should().Match<FailedMessage>(message => message.MessageId == "2" && message.Reason == "the store does not take it");
        report.Stored.Should().Be(2);
        _deadLetters.Taken.Should().Equal("2");
    }

    [Fact]
    public async Task What_the_dead_letter_queue_does_not_take_comes_again_and_holds_back_its_stream()
    {
        var report = await StoreUntilTheTimeIsUpAsync(Nonsense, Message("2", "b", "unstorable"), Message("3", "b"), Message("4", "c"));

        report.SetAside.Should().BeEmpty();
        report.Failures.Select(failure => failure.MessageId).Should().Equal("1", "2", "3");
        report.Failures[0].Reason.Should().EndWith("It could not be put into the dead-letter queue: no queue");
        report.Failures[1].Reason.Should().EndWith("too large, and could not be put into the dead-letter queue: no queue");
    }

    private static ArrivedMessage Nonsense => new("1", "a", "1", "nonsense"u8.ToArray());

    private static async Task<StorageReport> StoreUntilTheTimeIsUpAsync(params ArrivedMessage[] messages)
    {
        var time = new FakeTimeProvider(Example.Arrival);
        var store = new FakeStore(item => item.Event.Id.Value == "unstorable" ? new AppendOutcome(AppendKind.Unstorable, "too large") : new AppendOutcome(AppendKind.Stored));
        var lanes = new StreamLanes(new LaneOptions(10, 1_000_000, 4, Example.Budget), time, new Random(1));
        var storing = new StoreEvents(store, new FakeQuarantine(), new FakeDeadLetterPort(new IOException("no queue")), lanes, new EventStorerOptions(), time)
            .ExecuteAsync(messages, TimeSpan.FromMilliseconds(1));
        time.Advance(TimeSpan.FromMilliseconds(1));
        return await storing;
    }

    private static ArrivedMessage Message(string number, string stream, string? id = null) => new(number, stream, number, Example.Event(stream, id ?? number).Envelope);

    private Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, params ArrivedMessage[] messages) => Store(fate, new FakeQuarantine(), messages);

    private Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, FakeQuarantine quarantine, params ArrivedMessage[] messages) =>
        new StoreEvents(new FakeStore(item => new AppendOutcome(fate(item))), quarantine, _deadLetters, Example.Lanes(), new EventStorerOptions(), TimeProvider.System).ExecuteAsync(messages, Example.Budget);
}
