using DataToEvents.Generator.Sending;
using DataToEvents.Load;
using DataToEvents.Load.Tests;
using Microsoft.Extensions.Time.Testing;

namespace DataToEvents.Generator.Tests.Sending;

public class RecordSenderTests
{
    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };
    private readonly SendTotals _totals = new();

    [Fact]
    public async Task Every_record_is_sent_once_in_full_batches()
    {
        var sink = new FakeSink();

        await RunAsync(sink, new SendPlan(1_200, null, 1));

        sink.Calls.Select(call => call.Length).Should().Equal(500, 500, 200);
        sink.Calls.SelectMany(call => call).Should().Equal(Enumerable.Range(0, 1_200).Select(Name));
        (_totals.Records, _totals.Retries, _totals.Undelivered).Should().Be((1_200, 0, 0));
    }

    [Fact]
    public async Task Only_what_failed_goes_again()
    {
        var sink = new FakeSink((call, record) => (call, record) is (1, "3" or "7") or (2, "7") ? "ServiceUnavailableException: Slow down." : null);

        await RunAsync(sink, new SendPlan(10, null, 1));

        sink.Calls.Skip(1).Select(call => string.Join(" ", call)).Should().Equal("3 7", "7");
        (_totals.Records, _totals.Retries, _totals.Undelivered).Should().Be((10, 3, 0));
    }

    [Fact]
    public async Task A_busy_target_gets_the_whole_batch_again()
    {
        var sink = new FakeSink((call, _) => call == 1 ? throw new TargetException(TargetFault.Busy, "Throttled.") : null);

        await RunAsync(sink, new SendPlan(5, null, 1));

        (sink.Calls.Count, _totals.Records, _totals.Retries).Should().Be((2, 5, 5));
    }

    [Fact]
    public async Task A_record_that_is_never_accepted_is_given_up_and_counted_and_the_others_go_on()
    {
        var sink = new FakeSink((_, record) => record == "2" ? "InternalFailure: Sorry." : null);

        await RunAsync(sink, new SendPlan(700, null, 1));

        sink.Calls.Count(call => call.Contains("2")).Should().Be(Backoff.MaxAttempts);
        (_totals.Records, _totals.Undelivered, _totals.LastError).Should().Be((699, 1, "InternalFailure: Sorry."));
    }

    [Fact]
    public async Task A_refusal_ends_the_run_at_once()
    {
        var sink = new FakeSink((_, _) => throw new TargetException(TargetFault.Refused, "AccessDenied"));

        await FluentActions.Awaiting(() => RunAsync(sink, new SendPlan(2_000, null, 3))).Should().ThrowAsync<TargetException>();

        (sink.Calls.Count, _totals.Records, _totals.Undelivered).Should().Be((1, 0, 500));
    }

    [Fact]
    public async Task A_target_that_never_answered_is_not_waited_for_but_one_that_restarts_is()
    {
        var never = new FakeSink((_, _) => throw new TargetException(TargetFault.Unreachable, "Connection refused."));
        await FluentActions.Awaiting(() => RunAsync(never, new SendPlan(10, null, 1))).Should().ThrowAsync<TargetException>();
        never.Calls.Should().HaveCount(1);

        var restarting = new FakeSink((call, _) => call is 2 or 3 ? throw new TargetException(TargetFault.Unreachable, "Connection refused.") : null);
        await RunAsync(restarting, new SendPlan(600, null, 1));
        (_totals.Records, restarting.Calls.Count).Should().Be((600, 4));
    }

    [Fact]
    public async Task A_target_that_is_killed_in_the_very_first_call_is_waited_for()
    {
        var killed = new FakeSink((call, _) => call switch
        {
            1 => throw new TargetException(TargetFault.Troubled, "Connection reset by peer."),
            2 => throw new TargetException(TargetFault.Unreachable, "Connection refused."),
            _ => null,
        });

        await RunAsync(killed, new SendPlan(10, null, 1));

        (_totals.Records, killed.Calls.Count).Should().Be((10, 3));
    }

    [Fact]
    public async Task A_refused_connection_ends_nothing_while_another_first_call_is_still_under_way()
    {
        var killed = new TaskCompletionSource();
        var calls = 0;
        var sink = new FakeSink((call, _) => call switch
        {
            1 => throw new TargetException(TargetFault.Troubled, "Connection reset by peer."),
            2 => throw new TargetException(TargetFault.Unreachable, "Connection refused."),
            _ => null,
        })
        {
            Gate = () =>
            {
                var call = ++calls;
                if (call == 3)
                {
                    killed.SetResult();
                }

                return call == 1 ? killed.Task : Task.CompletedTask;
            },
        };

        // The first record is due at once, and the others later: so they are in another call.
        await RunAsync(sink, new SendPlan(3, 100, 2)).WaitAsync(TimeSpan.FromSeconds(20));

        (_totals.Records, sink.Calls.Count).Should().Be((3, 4));
    }

    [Fact]
    public async Task With_a_rate_records_go_when_they_are_due_and_late_ones_catch_up_in_one_batch()
    {
        var sink = new FakeSink();
        var run = SendAsync(sink, new SendPlan(300, 100, 1), default);
        sink.Calls.SelectMany(call => call).Should().HaveCount(1);

        _time.Advance(TimeSpan.FromMilliseconds(20));
        sink.Calls.SelectMany(call => call).Should().HaveCount(3);

        // The sender could not send for a second. The schedule did not move, so all records that are due go at once.
        _time.Advance(TimeSpan.FromSeconds(1));
        sink.Calls[^1].Should().HaveCount(100);
        run.IsCompleted.Should().BeFalse();

        _time.Advance(TimeSpan.FromSeconds(2));
        await run;
        sink.Calls.SelectMany(call => call).Should().HaveCount(300);
    }

    [Fact]
    public async Task Asked_to_stop_it_takes_the_answer_under_way_and_starts_nothing_new()
    {
        using var stopping = new CancellationTokenSource();
        var sink = new FakeSink { OnPut = stopping.Cancel };

        await SendAsync(sink, new SendPlan(5_000, null, 1), stopping.Token);

        (sink.Calls.Count, _totals.Records, _totals.Undelivered).Should().Be((1, 500, 0));
    }

    [Fact]
    public async Task A_duration_ends_a_run_whose_target_takes_anything()
    {
        var sink = new FakeSink { OnPut = () => _time.Advance(TimeSpan.FromSeconds(1)) };

        await SendAsync(sink, new SendPlan(null, null, 1, TimeSpan.FromSeconds(3)), default);

        sink.Calls.Count.Should().Be(3);
    }

    [Fact]
    public async Task Lateness_is_told_and_the_schedule_stays_where_it_was()
    {
        var sink = new FakeSink();
        var run = SendAsync(sink, new SendPlan(200, 100, 1), default);

        _time.Advance(TimeSpan.FromSeconds(1.5));
        _time.Advance(TimeSpan.FromSeconds(1));
        await run;

        _totals.Lateness.Max.Should().BeInRange(1_450, 1_500);
    }

    private async Task RunAsync(FakeSink sink, SendPlan plan)
    {
        var run = SendAsync(sink, plan, default);
        // Back-offs are the only waits here, and every timer fires inside Advance.
        for (var i = 0; i < 1_000 && !run.IsCompleted; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        await run;
    }

    private Task SendAsync(FakeSink sink, SendPlan plan, CancellationToken stopping) =>
        new RecordSender(sink, new Numbers(plan.Count), SomeRecords.Expectations, null, _totals, _time, new Random(1)).SendAsync(plan, stopping);

    private static string Name(int index) => index.ToString(CultureInfo.InvariantCulture);

    private sealed class Numbers(long? count) : IRecordSource
    {
        private int _next;

        public LoadRecord? Next() => _next == count ? null : new LoadRecord(_next, Encoding.UTF8.GetBytes(Name(_next++)));
    }
}
