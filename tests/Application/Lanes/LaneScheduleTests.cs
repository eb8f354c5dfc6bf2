using DataToEvents.Application.Lanes;

namespace DataToEvents.Application.Tests.Lanes;

public sealed class LaneScheduleTests
{
    private static readonly LaneOptions Options = new(MaxEntries: 3, MaxBytes: 100, MaxCallsInFlight: 16, FirstBackOff: TimeSpan.FromMilliseconds(100));

    [Fact]
    public void The_longest_lane_goes_first_and_a_call_has_one_of_each()
    {
        var schedule = Schedule(("short", 1), ("long", 1), ("long", 1), ("other", 1), ("more", 1));

        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(1, 0, 3);
        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(4);
        schedule.TryTakeBatch(othersInFlight: false).Should().BeNull();
    }

    [Fact]
    public void A_call_takes_as_many_bytes_as_it_may_and_no_more()
    {
        Schedule(("a", 50), ("b", 50), ("c", 1)).TryTakeBatch(othersInFlight: false).Should().Equal(0, 1);
        Schedule(("a", 50), ("b", 51), ("c", 1)).TryTakeBatch(othersInFlight: false).Should().Equal(0);
    }

    [Fact]
    public void One_that_is_too_big_for_any_call_goes_alone() =>
        Schedule(("a", 101), ("b", 1)).TryTakeBatch(othersInFlight: false).Should().Equal(0);

    [Fact]
    public void What_would_not_fill_a_call_waits_for_the_calls_under_way()
    {
        Schedule(("a", 1), ("b", 1)).TryTakeBatch(othersInFlight: true).Should().BeNull();
        Schedule(("a", 1), ("b", 1)).TryTakeBatch(othersInFlight: false).Should().Equal(0, 1);
        Schedule(("a", 1), ("b", 1), ("c", 1)).TryTakeBatch(othersInFlight: true).Should().Equal(0, 1, 2);
        Schedule(("a", 50), ("b", 50)).TryTakeBatch(othersInFlight: true).Should().Equal(0, 1);
    }

    [Fact]
    public void Bytes_that_have_gone_fill_no_further_call()
    {
        var schedule = Schedule(("a", 60), ("b", 60), ("c", 1));

        schedule.TryTakeBatch(othersInFlight: true).Should().Equal(0);
        schedule.TryTakeBatch(othersInFlight: true).Should().BeNull("61 bytes are left, of two lanes");
    }

    [Fact]
    public void The_most_tried_entry_of_a_call_counts()
    {
        var schedule = Schedule(("a", 1), ("b", 1), ("c", 1), ("c", 1));
        var first = schedule.TryTakeBatch(othersInFlight: false)!;
        first.Should().Equal(2, 0, 1);

        schedule.Settle(new BatchOutcome(first, [Attempt.Done, Attempt.Retry("busy"), Attempt.Retry("busy")])).Should().Equal(0, 1);
        schedule.Attempts([0]).Should().Be(1);
        schedule.Attempts([0, 3]).Should().Be(1);
        schedule.Resume([0]);
        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(0, 3);
    }

    [Fact]
    public void Entries_of_a_call_that_failed_as_a_whole_go_alone_until_each_has_its_own_answer()
    {
        var schedule = Schedule(("a", 1), ("a", 1), ("b", 1), ("b", 1), ("c", 1));
        Fail(schedule, schedule.TryTakeBatch(othersInFlight: false)!);

        schedule.TryTakeBatch(othersInFlight: true).Should().Equal(0);
        schedule.TryTakeBatch(othersInFlight: true).Should().Equal(2);
        schedule.TryTakeBatch(othersInFlight: true).Should().Equal(4);
        Fail(schedule, [4]);
        schedule.Settle(new BatchOutcome([0], [Attempt.Done]));
        schedule.Resume(schedule.Settle(new BatchOutcome([2], [Attempt.Retry("busy")])));

        schedule.TryTakeBatch(othersInFlight: false).Should().Equal([4], "it has no answer yet");
        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(2, 1);
    }

    [Fact]
    public void Entries_that_are_all_refused_in_one_call_go_alone_and_an_entry_that_is_refused_alone_is_given_up()
    {
        var schedule = Schedule(("a", 1), ("b", 1), ("b", 1));
        var together = schedule.TryTakeBatch(othersInFlight: false)!;
        schedule.Resume(schedule.Settle(new BatchOutcome(together, [Attempt.Rejected("one is bad"), Attempt.Rejected("one is bad")])));

        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(1);
        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(0);
        schedule.Settle(new BatchOutcome([1], [Attempt.Rejected("bad")])).Should().BeEmpty();
        schedule.Settle(new BatchOutcome([0], [Attempt.Done]));

        schedule.Results("no turn").Should().Equal(
            new LaneResult(true, null), new LaneResult(false, "bad"), new LaneResult(false, "held back: an earlier one of its stream failed (bad)"));
    }

    [Fact]
    public void Entries_with_an_answer_of_their_own_share_their_next_call()
    {
        var schedule = Schedule(("a", 1), ("b", 1), ("c", 1));
        var batch = schedule.TryTakeBatch(othersInFlight: false)!;
        schedule.Resume(schedule.Settle(new BatchOutcome(batch, [Attempt.Retry("busy"), Attempt.Retry("busy"), Attempt.Rejected("bad")])));

        schedule.TryTakeBatch(othersInFlight: false).Should().Equal(0, 1);
    }

    [Fact]
    public void Calls_at_once_grow_with_the_calls_that_were_made_up_to_the_bound()
    {
        var options = Options with { FirstCallsInFlight = 2 };

        ((long[])[0, 7, 8, 16, 1_000_000]).Select(options.CallsInFlight).Should().Equal(2, 2, 3, 4, 16);
    }

    [Fact]
    public void Pauses_double_up_to_five_seconds()
    {
        var bounds = ((int[])[1, 2, 3, 4, 20, 100]).Select(attempts => new JitteredBackOff(Options.FirstBackOff, TimeProvider.System, new Highest()).Pause(attempts));

        bounds.Select(pause => Math.Round(pause.TotalMilliseconds)).Should().Equal(100, 200, 400, 800, 5_000, 5_000);
    }

    private static void Fail(LaneSchedule<(string, int)> schedule, List<int> batch) =>
        schedule.Resume(schedule.Settle(new BatchOutcome(batch, [.. batch.Select(_ => Attempt.Retry("no answer"))]) { HasFailedAsAWhole = true }));

    private static LaneSchedule<(string Lane, int Size)> Schedule(params (string Lane, int Size)[] items) =>
        new(items, item => item.Lane, item => item.Size, Options);

    private sealed class Highest : Random
    {
        public override double NextDouble() => 0.9999999;
    }
}
