using DataToEvents.Application.EventStorer;

namespace DataToEvents.Application.Tests.EventStorer;

/// <summary>What the use case reports about each message of a batch.</summary>
public sealed class StoreEventsReportTests
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
    public async Task A_message_that_is_no_event_fails_alone()
    {
        var report = await Store(_ => AppendKind.Stored, new ArrivedMessage("1", "a", "1", "nonsense"u8.ToArray()), Message("2", "b"), Message("3", "a"));

        report.Failures.Should().ContainSingle().Which.MessageId.Should().Be("1");
        report.Stored.Should().Be(2);
    }

    private static ArrivedMessage Message(string id, string stream) => new(id, stream, id, Example.Event(stream, id).Envelope);

    private static Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, params ArrivedMessage[] messages) => Store(fate, new FakeQuarantine(), messages);

    private static Task<StorageReport> Store(Func<EventToStore, AppendKind> fate, FakeQuarantine quarantine, params ArrivedMessage[] messages) =>
        new StoreEvents(new FakeStore(item => new AppendOutcome(fate(item))), quarantine, Example.Lanes(), new EventStorerOptions(), TimeProvider.System).ExecuteAsync(messages, Example.Budget);
}
