using DataToEvents.Application.EventStorer;

namespace DataToEvents.Application.Tests.EventStorer;

/// <summary>Messages whose group is not the one that the Transformer gives to their stream, because another program or a producer with another key sent them.</summary>
public sealed class StoreEventsLanesTests
{
    private readonly FakeStore _store = new(item => new AppendOutcome(item.Event.Id.Value == "refused" ? AppendKind.Refused : AppendKind.Stored));

    [Fact]
    public async Task Two_messages_of_one_stream_never_meet_in_a_call_whatever_their_groups()
    {
        var report = await StoreAsync(Message("1", "g", "a", "same"), Message("2", "h", "a", "same"), Message("3", "i", "b"));

        report.Failures.Should().BeEmpty();
        _store.Calls.Should().OnlyContain(call => call.DistinctBy(item => item.Event.Stream).Count() == call.Count);
        _store.Asked.Should().HaveCount(3);
    }

    [Fact]
    public async Task Messages_of_one_group_go_one_after_the_other_whatever_their_streams()
    {
        await StoreAsync(Message("1", "g", "a"), Message("2", "g", "b"), Message("3", "g", "c"), Message("4", "h", "d"));

        _store.Asked.Where(item => item.Sequence != "4").Select(item => item.Sequence).Should().Equal("1", "2", "3");
        _store.Calls.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_message_that_joins_two_lanes_comes_after_both()
    {
        await StoreAsync(Message("1", "g", "a"), Message("2", "h", "b"), Message("3", "h", "a"), Message("4", "g", "c"));

        _store.Asked.Select(item => item.Sequence).Should().Equal("1", "2", "3", "4");
        _store.Calls.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_failure_holds_back_the_later_messages_of_its_group_and_of_its_stream()
    {
        var report = await StoreAsync(Message("1", "g", "a", "refused"), Message("2", "g", "b"), Message("3", "h", "a"), Message("4", "i", "c"));

        report.Failures.Select(failure => failure.MessageId).Should().Equal("1", "2", "3");
        report.Stored.Should().Be(1);
    }

    private static ArrivedMessage Message(string number, string group, string stream, string? id = null) => new(number, group, number, Example.Event(stream, id ?? number).Envelope);

    private Task<StorageReport> StoreAsync(params ArrivedMessage[] messages) =>
        new StoreEvents(_store, new FakeQuarantine(), new FakeDeadLetterPort(), Example.Lanes(calls: 1), new EventStorerOptions(), TimeProvider.System).ExecuteAsync(messages, Example.Budget);
}
