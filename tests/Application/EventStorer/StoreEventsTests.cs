using DataToEvents.Application.EventStorer;
using DataToEvents.Application.Lanes;
using DataToEvents.Domain;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.EventStorer;

public sealed class StoreEventsTests
{
    private readonly FakeTimeProvider _time = new(Example.Arrival);

    [Fact]
    public async Task An_event_is_kept_as_long_as_the_options_say_from_now_on()
    {
        var (forAWeek, forEver) = (new FakeStore(), new FakeStore());
        await Store(forAWeek, new FakeQuarantine(), new EventStorerOptions(KeepFor: TimeSpan.FromDays(7)), Message("1", "a"));
        await Store(forEver, new FakeQuarantine(), new EventStorerOptions(), Message("1", "a"));

        forAWeek.Asked.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Sequence = "1", StoredAt = Example.Arrival, ExpiresAt = Example.Arrival.AddDays(7) });
        forEver.Asked.Should().ContainSingle().Which.ExpiresAt.Should().BeNull();
    }

    [Theory]
    [InlineData(AppendKind.Refused, "an item of 500 KB", "an item of 500 KB")]
    [InlineData(AppendKind.Refused, null, "refused")]
    [InlineData(AppendKind.Failed, "throttled", "the time budget was used up; throttled")]
    [InlineData(AppendKind.Failed, null, "the time budget was used up; not stored")]
    public async Task A_message_fails_for_the_stores_reason_and_for_a_word_where_it_gives_none(AppendKind kind, string? reason, string told)
    {
        var report = await StoreUntilTheTimeIsUpAsync(new FakeStore(_ => new AppendOutcome(kind, reason)), new FakeQuarantine(), Message("1", "a"));

        report.Failures.Should().ContainSingle().Which.Reason.Should().Be(told);
    }

    [Fact]
    public async Task A_quarantine_that_fails_harms_none_that_shares_the_call()
    {
        var store = new FakeStore(item => new AppendOutcome(item.Event.Stream.Value == "a" ? AppendKind.Conflict : AppendKind.Stored));

        var report = await StoreUntilTheTimeIsUpAsync(store, new FakeQuarantine(new IOException("no bucket")), Message("1", "a"), Message("2", "b"));

        report.Failures.Should().ContainSingle().Which.Reason.Should().Be("the time budget was used up; conflicts, and could not be put into quarantine: no bucket");
        report.Stored.Should().Be(1);
        store.Asked.Count(item => item.Event.Stream.Value == "b").Should().Be(1);
    }

    [Fact]
    public async Task A_quarantine_that_hangs_ends_with_the_budget_and_its_conflict_comes_again()
    {
        var report = await StoreUntilTheTimeIsUpAsync(new FakeStore(_ => new AppendOutcome(AppendKind.Conflict)), new HangingQuarantine(), Message("1", "a"));

        report.Failures.Should().ContainSingle().Which.Reason.Should().StartWith("the time budget was used up");
    }

    /// <summary>Every message that fails waits for its second attempt when the time ends.</summary>
    private async Task<StorageReport> StoreUntilTheTimeIsUpAsync(FakeStore store, IQuarantine quarantine, params ArrivedMessage[] messages)
    {
        var lanes = new StreamLanes(new LaneOptions(10, 1_000_000, 4, Example.Budget), _time, new Random(1));
        var storing = new StoreEvents(store, quarantine, new FakeDeadLetterPort(), lanes, new EventStorerOptions(), _time).ExecuteAsync(messages, TimeSpan.FromMilliseconds(1));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        return await storing;
    }

    private static ArrivedMessage Message(string id, string stream) => new(id, stream, id, Example.Event(stream, id).Envelope);

    private Task<StorageReport> Store(FakeStore store, IQuarantine quarantine, EventStorerOptions options, params ArrivedMessage[] messages) =>
        new StoreEvents(store, quarantine, new FakeDeadLetterPort(), Example.Lanes(), options, _time).ExecuteAsync(messages, Example.Budget);

    private sealed class HangingQuarantine : IQuarantine
    {
        public Task PutAsync(DataEvent conflicting, string sequence, CancellationToken cancellationToken) =>
            new TaskCompletionSource().Task.WaitAsync(cancellationToken);
    }
}
