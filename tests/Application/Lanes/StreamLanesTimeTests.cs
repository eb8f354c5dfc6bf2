using DataToEvents.Application.Lanes;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Application.Tests.Lanes;

/// <summary>How long lanes wait, how many calls they make at once, and how they report a fault.</summary>
public sealed class StreamLanesTimeTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly List<TaskCompletionSource<IReadOnlyList<Attempt>>> _calls = [];

    [Fact]
    public async Task A_second_attempt_waits_until_the_pause_is_over()
    {
        var sending = Send(Lanes(firstBackOff: 200), "a");
        Answer(0, Attempt.Retry("busy"));

        _time.Advance(99 * Millisecond);
        _calls.Should().ContainSingle("half of 200 ms are not over");
        _time.Advance(Millisecond);
        Answer(1, Attempt.Done);

        (await sending)[0].Sent.Should().BeTrue();
    }

    [Fact]
    public async Task A_budget_that_ends_within_a_pause_ends_the_work_with_the_reason_of_the_pause()
    {
        var sending = Send(Lanes(firstBackOff: 4_000), TimeSpan.FromSeconds(1), "a");
        Answer(0, Attempt.Retry("busy"));

        _time.Advance(TimeSpan.FromSeconds(1));

        _calls.Should().ContainSingle();
        (await sending)[0].Should().Be(new LaneResult(false, "the time budget was used up; busy"));
    }

    [Fact]
    public async Task A_lane_ends_when_the_time_is_used_up_and_not_after_some_attempts()
    {
        var budget = TimeSpan.FromMinutes(2);
        var sending = Send(Lanes(firstBackOff: 50), budget, "a", "a");
        for (var elapsed = TimeSpan.Zero; elapsed < budget; elapsed += TimeSpan.FromSeconds(1))
        {
            FailLast();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        FailLast();
        var results = await sending;

        _calls.Should().HaveCountGreaterThan(40, "a pause is half of five seconds at most");
        results.Should().OnlyContain(result => !result.Sent && result.Reason == "the time budget was used up; TimeoutException: no answer");

        void FailLast() => _calls[^1].TrySetException(new TimeoutException("no answer"));
    }

    [Fact]
    public async Task Calls_that_end_after_the_budget_count_by_how_they_end()
    {
        var sending = Send(Lanes(calls: 3), TimeSpan.FromSeconds(1), "a", "b", "c");
        _time.Advance(TimeSpan.FromSeconds(1));
        Answer(0, Attempt.Done);
        Answer(1, Attempt.Done);
        Answer(2, Attempt.Rejected("full"));

        (await sending).Should().Equal(new LaneResult(true, null), new LaneResult(true, null), new LaneResult(false, "full"));
    }

    [Fact]
    public async Task As_many_calls_as_allowed_are_under_way_and_no_more()
    {
        var sending = Send(Lanes(calls: 2), "a", "b", "c");
        _calls.Should().HaveCount(2);

        Answer(0, Attempt.Done);
        Answer(1, Attempt.Done);
        Answer(2, Attempt.Done);

        (await sending).Should().OnlyContain(result => result.Sent);
    }

    [Fact]
    public async Task Eight_calls_that_were_made_allow_one_more_at_once()
    {
        var lanes = Lanes(calls: 16, firstCalls: 1);
        var warming = Send(lanes, [.. Enumerable.Range(0, 8).Select(lane => $"{lane}")]);
        for (var call = 0; call < 8; call++)
        {
            _calls.Should().HaveCount(call + 1, "one at once");
            Answer(call, Attempt.Done);
        }

        await warming;
        _calls.Clear();
        var sending = Send(lanes, "a", "b", "c");

        _calls.Should().HaveCount(2);
        Answer(0, Attempt.Done);
        Answer(1, Attempt.Done);
        Answer(2, Attempt.Done);
        await sending;
    }

    [Fact]
    public async Task Of_a_fault_with_a_cause_the_innermost_is_told_too()
    {
        var sending = Send(Lanes(firstBackOff: 4_000), Millisecond, "a");
        _calls[0].SetException(new HttpRequestException("see inner exception", new InvalidOperationException("handshake", new IOException("no root"))));
        _time.Advance(Millisecond);

        (await sending)[0].Reason.Should().Be("the time budget was used up; HttpRequestException: see inner exception (IOException: no root)");
    }

    [Fact]
    public async Task A_fault_without_a_cause_is_told_once()
    {
        var sending = Send(Lanes(firstBackOff: 4_000), Millisecond, "a");
        _calls[0].SetException(new IOException("no root"));
        _time.Advance(Millisecond);

        (await sending)[0].Reason.Should().Be("the time budget was used up; IOException: no root");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-5_000)]
    public async Task Without_time_left_nothing_is_sent(int milliseconds)
    {
        var sending = Send(Lanes(), TimeSpan.FromMilliseconds(milliseconds), "a");

        _calls.Should().BeEmpty();
        (await sending)[0].Should().Be(new LaneResult(false, "the time budget was used up"));
    }

    [Fact]
    public async Task Without_items_no_call_is_made()
    {
        (await Send(Lanes())).Should().BeEmpty();
        _calls.Should().BeEmpty();
    }

    private StreamLanes Lanes(int calls = 4, int? firstCalls = null, int firstBackOff = 0) =>
        new(new LaneOptions(MaxEntries: 1, 1_000_000, calls, firstBackOff * Millisecond) { FirstCallsInFlight = firstCalls ?? calls }, _time, new Half());

    private Task<IReadOnlyList<LaneResult>> Send(StreamLanes lanes, params string[] items) => Send(lanes, Example.Budget, items);

    /// <summary>Calls that end when the test answers them, even after the deadline.</summary>
    private Task<IReadOnlyList<LaneResult>> Send(StreamLanes lanes, TimeSpan budget, params string[] items) => lanes.SendAsync(
        items,
        item => item,
        _ => 10,
        (_, _) =>
        {
            var call = new TaskCompletionSource<IReadOnlyList<Attempt>>();
            _calls.Add(call);
            return call.Task;
        },
        budget);

    private void Answer(int call, Attempt attempt) => _calls[call].SetResult([attempt]);

    private sealed class Half : Random
    {
        public override double NextDouble() => 0.5;
    }
}
