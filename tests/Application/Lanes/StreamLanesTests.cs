using CsCheck;
using DataToEvents.Application.Lanes;

namespace DataToEvents.Application.Tests.Lanes;

public sealed class StreamLanesTests
{
    private static readonly Gen<(int[] Lanes, int Seed)> Work = Gen.Select(Gen.Int[0, 6].Array[1, 60], Gen.Int[0, 1_000_000]);

    [Fact]
    public void Every_lane_keeps_its_order_whichever_entries_and_calls_fail() => Work.Sample(work =>
    {
        var (sent, calls) = Run(work.Lanes, work.Seed).GetAwaiter().GetResult();

        foreach (var lane in work.Lanes.Distinct())
        {
            var positions = sent.Where(position => work.Lanes[position] == lane).ToArray();
            positions.Should().BeInAscendingOrder().And.OnlyHaveUniqueItems();
        }

        sent.Should().HaveCount(work.Lanes.Length, "each is tried until it succeeds");

        calls.Should().OnlyContain(call => call.Select(position => work.Lanes[position]).Distinct().Count() == call.Length);
    });

    [Fact]
    public void What_is_reported_as_sent_was_sent_and_a_failure_holds_back_only_its_own_lane() => Work.Sample(work =>
    {
        var random = new Random(work.Seed);
        var doomed = work.Lanes.Select(_ => random.Next(10) == 0).ToArray();
        var sent = new List<int>();
        var results = Send(work.Lanes, batch =>
        {
            sent.AddRange(batch.Where(position => !doomed[position]));
            return [.. batch.Select(position => doomed[position] ? Attempt.Rejected("doomed") : Attempt.Done)];
        }).GetAwaiter().GetResult();

        for (var position = 0; position < work.Lanes.Length; position++)
        {
            var blocked = Enumerable.Range(0, position + 1).Any(before => work.Lanes[before] == work.Lanes[position] && doomed[before]);
            results[position].Sent.Should().Be(!blocked);
            sent.Contains(position).Should().Be(!blocked);
        }
    });

    [Fact]
    public async Task Calls_are_filled_across_lanes()
    {
        var calls = 0;
        await Send([.. Enumerable.Range(0, 500).Select(position => position % 50)], batch =>
        {
            calls++;
            return [.. batch.Select(_ => Attempt.Done)];
        });

        calls.Should().Be(50);
    }

    [Fact]
    public void A_bad_entry_that_fails_each_call_it_is_in_takes_no_innocent_with_it() => Work.Sample(work =>
    {
        var random = new Random(work.Seed);
        var bad = work.Lanes.Select(_ => random.Next(10) == 0).ToArray();
        var results = Send(work.Lanes, batch =>
        {
            Attempt[] refused = [.. batch.Select(_ => Attempt.Rejected("one is bad"))];
            return !batch.Any(position => bad[position]) ? [.. batch.Select(_ => Attempt.Done)]
                : batch.Count == 1 || random.Next(2) == 0 ? refused
                : throw new ArgumentException("one is bad");
        }).GetAwaiter().GetResult();

        for (var position = 0; position < work.Lanes.Length; position++)
        {
            var isHeldBack = Enumerable.Range(0, position + 1).Any(before => work.Lanes[before] == work.Lanes[position] && bad[before]);
            results[position].Sent.Should().Be(!isHeldBack);
        }
    });

    [Fact]
    public async Task An_answer_that_leaves_entries_out_counts_for_none_of_them()
    {
        var calls = new List<int[]>();
        var results = await Send([0, 1], batch =>
        {
            calls.Add([.. batch]);
            return [Attempt.Done];
        });

        calls.Should().BeEquivalentTo<int[]>([[0, 1], [0], [1]], options => options.WithStrictOrdering());
        results.Should().OnlyContain(result => result.Sent);
    }

    private static Task<IReadOnlyList<LaneResult>> Send(int[] lanes, Func<IReadOnlyList<int>, Attempt[]> answer) =>
        Example.Lanes(calls: 1).SendAsync(
            [.. Enumerable.Range(0, lanes.Length)],
            position => lanes[position].ToString((IFormatProvider?)null),
            _ => 10,
            (batch, _) => Task.FromResult<IReadOnlyList<Attempt>>(answer(batch)),
            Example.Budget);

    private static async Task<(List<int> Sent, List<int[]> Calls)> Run(int[] lanes, int seed)
    {
        var (random, gate) = (new Random(seed), new Lock());
        var (sent, calls) = (new List<int>(), new List<int[]>());
        await Example.Lanes().SendAsync(
            [.. Enumerable.Range(0, lanes.Length)],
            position => lanes[position].ToString((IFormatProvider?)null),
            _ => 10,
            async (batch, _) =>
            {
                Attempt[] attempts;
                lock (gate)
                {
                    calls.Add([.. batch]);
                    attempts = [.. batch.Select(_ => random.Next(4) == 0 ? Attempt.Retry("unlucky") : Attempt.Done)];
                    sent.AddRange(batch.Where((_, index) => attempts[index].Result == AttemptResult.Done));
                }

                await Task.Yield();
                return attempts;
            },
            Example.Budget);
        return (sent, calls);
    }
}
