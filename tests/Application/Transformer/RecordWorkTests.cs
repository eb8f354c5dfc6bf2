using DataToEvents.Application.Signals;
using DataToEvents.Application.Transformer;
using DataToEvents.Domain;

namespace DataToEvents.Application.Tests.Transformer;

public sealed class RecordWorkTests
{
    private readonly EventWork _one = Example.Work("""{"s":"a","id":"1"}""");
    private readonly EventWork _two = Example.Work("""{"s":"b","id":"2"}""");

    [Fact]
    public void Events_may_take_an_answer_to_its_last_byte()
    {
        var record = new RecordWork("r");
        var limit = _one.Event.Envelope.Length + _two.Event.Envelope.Length;

        record.TryAdd(_one, limit).Should().BeTrue();
        record.TryAdd(_two, limit).Should().BeTrue();
        record.HasFailed.Should().BeFalse();
    }

    [Fact]
    public void A_record_whose_events_together_outgrow_the_answer_is_poison()
    {
        var record = new RecordWork("r");
        var limit = _one.Event.Envelope.Length + _two.Event.Envelope.Length - 1;

        record.TryAdd(_one, limit).Should().BeTrue();
        record.TryAdd(_two, limit).Should().BeFalse();
        record.IsPoison.Should().BeTrue();
        record.Verdict(arena: null).Should().BeEquivalentTo(
            new RecordVerdict("r", RecordResult.ProcessingFailed, default, $"its events do not fit an answer of {limit} bytes", IsTooLarge: true));
    }

    [Fact]
    public void One_event_alone_may_be_over_it_because_its_payload_can_still_be_checked_in() =>
        new RecordWork("r").TryAdd(_one, limit: 1).Should().BeTrue();

    [Fact]
    public void The_first_reason_stands_with_its_event()
    {
        var record = new RecordWork("r");
        record.Fail("first", _one.Event);
        record.Fail("second", _two.Event);

        record.Verdict(arena: null).Should().BeEquivalentTo(new { Reason = "first", Event = EventName.Of(_one.Event) });
    }

    [Fact]
    public void A_first_reason_that_names_no_event_gets_none_from_a_later_one()
    {
        var record = new RecordWork("r");
        record.Fail("first");
        record.Fail("second", _two.Event);

        record.Verdict(arena: null).Should().BeEquivalentTo(new { Reason = "first", Event = (EventName?)null });
    }

    [Fact]
    public void Lines_lie_in_the_arena_where_there_is_one_and_are_the_same_without()
    {
        using var arena = new ByteArena();
        var record = new RecordWork("r");
        record.TryAdd(_one, int.MaxValue);

        var (within, alone) = (record.Verdict(arena).Lines, record.Verdict(arena: null).Lines);

        ArrayOf(within).Should().BeSameAs(ArrayOf(arena.Take(1)));
        within.ToArray().Should().Equal(alone.ToArray());
        Encoding.UTF8.GetString(alone.Span).Should().Be(Encoding.UTF8.GetString(_one.Event.Envelope.Span) + "\n");
    }

    private static byte[]? ArrayOf(ReadOnlyMemory<byte> memory) => MemoryMarshal.TryGetArray(memory, out var segment) ? segment.Array : null;
}
