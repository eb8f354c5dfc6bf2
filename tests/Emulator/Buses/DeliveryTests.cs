using DataToEvents.Emulator.Buses;

namespace DataToEvents.Emulator.Tests.Buses;

public class DeliveryTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public void Events_reach_the_targets_whose_rules_they_match_in_order_one_an_invocation() => OneThread.Run(async () =>
    {
        var odd = BusBed.Taking();
        await using var bed = await BusBed.OpenAsync(bed =>
        {
            bed.AddRule();
            bed.AddRule("odd", """{"detail":{"n":[1,3]}}""", odd);
        });
        bed.Run();

        await bed.PutAsync(1, 2);
        await bed.PutAsync(3);
        await OneThread.IdleAsync();

        bed.Taken.Should().Equal("1", "2", "3");
        odd.Events.Select(item => (int)item["detail"]!["n"]!).Should().Equal(1, 3);
        bed.Bus.Stats.Should().Be(new EventBusStats(Published: 3, Delivered: 5, FailedAttempts: 0, DeadLettered: 0, Pending: 0, TimeSpan.Zero));
    });

    [Fact]
    public void No_more_deliveries_run_at_once_than_allowed() => OneThread.Run(async () =>
    {
        var gate = new TaskCompletionSource();
        var busy = new FakeFunction(async _ =>
        {
            await gate.Task;
            return InvocationResult.Success("null"u8.ToArray());
        });
        await using var bed = await BusBed.OpenAsync(options: given => given with { MaxDeliveries = 3 }, target: busy);
        bed.Run();

        await bed.PutAsync(1, 2, 3, 4, 5);
        await OneThread.IdleAsync();
        var atOnce = busy.Events.Count;
        gate.SetResult();
        await OneThread.IdleAsync();

        atOnce.Should().Be(3);
        busy.Events.Should().HaveCount(5);
    });

    [Fact]
    public void Poison_in_many_calls_does_not_block_others() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(options: given => given with { MaxDeliveries = 4 }, target: BusBed.Refusing(0));
        bed.Run();
        for (var call = 0; call < 50; call++)
        {
            await bed.PutAsync(0, 1);
        }

        await OneThread.IdleAsync();

        bed.Bus.Stats.Should().BeEquivalentTo(new { Delivered = 50, FailedAttempts = 50 });
        bed.Bus.Stats.Pending.Should().Be(100, "a row is settled as a whole");
    });

    [Fact]
    public void Only_a_failed_event_is_tried_again_after_growing_back_offs_until_it_is_taken() => OneThread.Run(async () =>
    {
        var fails = 4;
        var target = new FakeFunction(item => Task.FromResult(
            (int)item["detail"]!["n"]! == 2 && fails-- > 0 ? InvocationResult.Failure("Busy", "later") : InvocationResult.Success("null"u8.ToArray())));
        await using var bed = await BusBed.OpenAsync(target: target);
        bed.Run();
        await bed.PutAsync(1, 2, 3);
        await OneThread.IdleAsync();

        var attempts = new List<int>();
        for (var second = 1; second <= 15; second++)
        {
            attempts.Add(target.Events.Count - 2);
            await bed.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        attempts[0].Should().Be(1);
        attempts[1].Should().Be(2, "the first back-off is a second at most");
        attempts[14].Should().Be(5);
        attempts.FindIndex(count => count == 5).Should().BeGreaterThan(6, "1, 2, 4 and 8 seconds, the half of each at least");
        bed.Taken.Where(n => n != "2").Should().Equal("1", "3");
        bed.Bus.Stats.Should().BeEquivalentTo(new { Delivered = 3, FailedAttempts = 4, Pending = 0 });
    });

    [Fact]
    public void An_event_that_its_target_never_takes_goes_to_the_dead_letter_queue_with_the_reason() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(bed => bed.AddRule(attempts: 2), target: BusBed.Refusing(2));
        bed.Run();
        await bed.PutAsync(1, 2, 3);
        await OneThread.IdleAsync();

        await bed.AdvanceAsync(Long, times: 2);

        var (item, attributes) = bed.DeadLetters.Letters.Should().ContainSingle().Subject;
        item["detail"]!.ToJsonString().Should().Be("""{"n":2}""");
        attributes.Should().Equal(new Dictionary<string, string>
        {
            ["ERROR_CODE"] = "SDK_CLIENT_ERROR",
            ["ERROR_MESSAGE"] = "Poison: not for me",
            ["RULE_ARN"] = "arn:aws:events:us-east-1:000000000000:rule/bus/all",
            ["TARGET_ARN"] = "arn:aws:lambda:us-east-1:000000000000:function:fake",
            ["EXHAUSTED_RETRY_CONDITION"] = "MaximumRetryAttempts",
            ["RETRY_ATTEMPTS"] = "2",
        });
        bed.Bus.Stats.Should().Be(new EventBusStats(Published: 3, Delivered: 2, FailedAttempts: 3, DeadLettered: 1, Pending: 0, TimeSpan.Zero));
    });

    [Fact]
    public void Each_rule_has_its_own_dead_letters_and_its_own_counts() => OneThread.Run(async () =>
    {
        var delivered = new List<string>();
        await using var bed = await BusBed.OpenAsync(
            bed =>
            {
                bed.AddRule("queue", attempts: 0, arn: "arn:aws:sqs:us-east-1:000000000000:orders", delivered: detail => delivered.Add(Encoding.UTF8.GetString(detail.Span)));
                bed.AddRule("function", attempts: 0);
            },
            target: BusBed.Refusing(2));
        bed.Run();
        await bed.PutAsync(1, 2);

        await OneThread.IdleAsync();

        bed.DeadLetters.Letters.Select(letter => letter.Attributes["TARGET_ARN"]).Should().Equal(
            "arn:aws:sqs:us-east-1:000000000000:orders", "arn:aws:lambda:us-east-1:000000000000:function:fake");
        delivered.Should().Equal("""{"n":1}""");
        bed.Bus.Rules.Select(rule => (rule.Delivered, rule.FailedAttempts, rule.DeadLettered)).Should().Equal((1, 1, 1), (1, 1, 1));
        bed.Bus.Stats.Should().Be(new EventBusStats(Published: 2, Delivered: 2, FailedAttempts: 2, DeadLettered: 2, Pending: 0, TimeSpan.Zero));
    });

    [Fact]
    public void No_more_calls_than_allowed_wait_for_a_retry() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(bed => bed.AddRule(attempts: 1), options: given => given with { MaxUnsettledCalls = 2 }, target: BusBed.Refusing(0));
        bed.Run();
        await bed.PutAsync(0);
        await bed.PutAsync(0);
        await bed.PutAsync(1);
        await OneThread.IdleAsync();
        var before = bed.Bus.Stats.Delivered;

        await bed.AdvanceAsync(Long);

        (before, bed.Bus.Stats.Delivered).Should().Be((0, 1));
    });

    [Fact]
    public void An_event_older_than_a_day_is_given_up() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(target: BusBed.Refusing(1));
        bed.Run();
        await bed.PutAsync(1);
        await OneThread.IdleAsync();

        await bed.AdvanceAsync(TimeSpan.FromHours(12));
        var oldest = bed.Bus.Stats.OldestAge;
        await bed.AdvanceAsync(TimeSpan.FromHours(12));

        oldest.Should().Be(TimeSpan.FromHours(12));
        bed.DeadLetters.Letters.Single().Attributes["EXHAUSTED_RETRY_CONDITION"].Should().Be("MaximumEventAgeInSeconds");
    });

    /// <summary>EventBridge counts it in InvocationsFailedToBeSentToDlq, and the event is lost.</summary>
    [Fact]
    public void An_event_that_the_dead_letter_queue_refuses_is_dropped() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(static bed => bed.AddRule(attempts: 0), target: BusBed.Refusing(1));
        bed.DeadLetters.RefusesAll = true;
        bed.Run();

        await bed.PutAsync(1);
        await OneThread.IdleAsync();

        bed.Bus.Stats.Pending.Should().Be(0);
        bed.Bus.Rules.Single().Should().Match<RuleState>(rule => rule.Dropped == 1 && rule.DeadLettered == 0);
    });

    [Fact]
    public void A_dead_letter_that_cannot_be_sent_is_sent_later_and_the_target_is_not_tried_again() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(bed => bed.AddRule(attempts: 0), target: BusBed.Refusing(1));
        bed.DeadLetters.Failures = 3;
        bed.Run();
        await bed.PutAsync(1, 2);
        await OneThread.IdleAsync();
        await bed.AdvanceAsync(Long, times: 2);
        var before = bed.Bus.Stats;

        await bed.AdvanceAsync(Long);

        before.Should().BeEquivalentTo(new { FailedAttempts = 4, DeadLettered = 0, Pending = 2 });
        bed.DeadLetters.Letters.Should().ContainSingle();
        bed.Taken.Should().Equal("1", "2");
        bed.Bus.Stats.Pending.Should().Be(0);
    });

    [Fact]
    public void A_target_that_cannot_be_called_counts_as_failed() => OneThread.Run(async () =>
    {
        var broken = new FakeFunction(string (_) => throw new InvalidOperationException("no process"));
        await using var bed = await BusBed.OpenAsync(bed => bed.AddRule(target: broken, attempts: 1));
        bed.Run();
        await bed.PutAsync(1);
        await OneThread.IdleAsync();

        await bed.AdvanceAsync(Long);

        bed.DeadLetters.Letters.Single().Attributes["ERROR_MESSAGE"].Should().Be("InvalidOperationException: no process");
    });

    [Fact]
    public void Half_a_surrogate_pair_does_not_stop_the_bus() => OneThread.Run(async () =>
    {
        await using var bed = await BusBed.OpenAsync(bed => bed.AddRule(pattern: """{"detail":{"n":[{"prefix":""},{"anything-but":"x"}]}}"""));
        bed.Run();

        await bed.Bus.PutEventsAsync([BusBed.Entry("""{"\udc00":1,"n":"\ud800"}"""), BusBed.Entry("""{"\ud800\u0000":[],"n":"good"}""")]);
        await OneThread.IdleAsync();

        bed.Bus.Stats.Delivered.Should().Be(2);
    });
}
