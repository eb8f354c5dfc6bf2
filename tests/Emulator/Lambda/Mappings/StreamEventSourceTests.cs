using DataToEvents.Emulator.Lambda.Mappings;
using DataToEvents.Emulator.Tests.Queues;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

public class StreamEventSourceTests
{
    [Fact]
    public async Task It_starts_at_the_oldest_change_and_passes_new_ones_at_once()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("b", "2"));
        var function = new FakeFunction(_ => StreamBed.AllGood);

        var stats = StreamBed.Run(bed, function, steps: () => bed.InsertAsync(("a", "3")));

        StreamBed.Batches(function).Should().Equal("1 2", "3");
        stats.Should().Be(new StreamEventSourceStats(Invocations: 2, FailedInvocations: 0, Succeeded: 3, GivenUp: 0, Dropped: 0, Behind: 0));
    }

    [Fact]
    public async Task A_batch_has_at_most_BatchSize_records()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(1, 5).Select(i => ("a", $"{i}"))]);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, StreamBed.Options with { BatchSize = 2 });

        StreamBed.Batches(function).Should().Equal("1 2", "3 4", "5");
    }

    [Fact]
    public async Task An_event_stays_below_6_MB()
    {
        await using var bed = await TableBed.OpenAsync();
        foreach (var i in Enumerable.Range(0, 40))
        {
            await bed.Table.PutAsync(TableBed.Item("a", $"{i}", new string('x', 390_000)));
        }

        var sizes = new List<int>();
        StreamBed.Run(bed, new FakeFunction(input =>
        {
            sizes.Add(Encoding.UTF8.GetByteCount(input.ToJsonString()));
            return StreamBed.AllGood;
        }));

        sizes.Should().HaveCount(3).And.OnlyContain(size => size < 6 * 1024 * 1024);
    }

    [Fact]
    public async Task A_batch_waits_for_more_records_until_its_window_is_over()
    {
        await using var bed = await TableBed.OpenAsync();
        var function = new FakeFunction(_ => StreamBed.AllGood);
        var options = StreamBed.Options with { MaximumBatchingWindow = TimeSpan.FromSeconds(10), BatchSize = 3 };

        StreamBed.Run(
            bed, function, options, null,
            () => bed.InsertAsync(("a", "1")),
            () => Pass(bed, seconds: 9),
            () => bed.InsertAsync(("a", "2")),
            () => Pass(bed, seconds: 1),
            () => bed.InsertAsync(("a", "3"), ("a", "4"), ("a", "5")));

        StreamBed.Batches(function).Should().Equal("1 2", "3 4 5");
    }

    [Fact]
    public async Task Changes_that_the_filter_refuses_are_skipped()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"));
        await bed.Table.PutAsync(TableBed.Item("a", "1", "changed"));
        await bed.InsertAsync(("a", "2"));
        var function = new FakeFunction(_ => StreamBed.AllGood);

        var stats = StreamBed.Run(bed, function, StreamBed.Options with { Filter = change => change.EventName == "INSERT" });

        StreamBed.Batches(function).Should().Equal("1 2");
        stats.Behind.Should().Be(0);
    }

    [Fact]
    public async Task Checkpoints_survive_a_restart()
    {
        using var file = new TemporaryFile();
        await using var bed = await TableBed.OpenAsync(path: file.Path);
        await bed.InsertAsync([.. Enumerable.Range(0, 20).Select(i => ($"p{i}", $"{i}"))]);
        var options = StreamBed.Options with { ParallelizationFactor = 4, MaximumBatchingWindow = TimeSpan.Zero };
        var first = await RunUntilAsync(bed, options, records: 20);
        await bed.RestartAsync(file.Path);
        await bed.InsertAsync(("p1", "new"));

        var second = await RunUntilAsync(bed, options, records: 1);

        first.Should().HaveCount(20);
        second.Should().Equal("new");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task When_the_number_of_lanes_changes_records_that_all_lanes_are_done_with_are_not_repeated(int lanes)
    {
        await using var bed = await TableBed.OpenAsync();
        var streams = Enumerable.Range(0, 20).Select(i => $"p{i}").ToList();
        var options = StreamBed.Options with { ParallelizationFactor = 4 };
        await bed.InsertAsync([.. streams.Select(stream => (stream, "1"))]);
        await bed.InsertAsync([.. streams.Select(stream => (stream, "2"))]);
        StreamBed.Run(bed, new FakeFunction(_ => StreamBed.AllGood), options);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, options with { ParallelizationFactor = lanes });

        function.Events.SelectMany(StreamBed.SortKeys).Should().NotContain("1");
    }

    [Fact]
    public async Task The_checkpoints_of_idle_lanes_are_saved_when_they_are_far_behind()
    {
        await using var bed = await TableBed.OpenAsync();
        var near = 0L;
        foreach (var i in Enumerable.Range(0, 5_000))
        {
            await bed.Table.PutAsync(TableBed.Item("a", "1", $"{i}"));
        }

        StreamBed.Run(
            bed, new FakeFunction(_ => StreamBed.AllGood), StreamBed.Options with { ParallelizationFactor = 4, BatchSize = 1_000 }, null,
            async () =>
            {
                near = await SlowestAsync(bed);
                await bed.Table.PutAsync(TableBed.Item("a", "1", "next"));
            });

        (near, await SlowestAsync(bed)).Should().Be((0L, 5_001L));
    }

    [Fact]
    public async Task Records_that_the_function_works_on_are_not_done_and_not_trimmed()
    {
        await using var bed = await TableBed.OpenAsync();
        var finish = new TaskCompletionSource<InvocationResult>();
        var behind = 0L;

        var stats = StreamBed.Run(
            bed, new FakeFunction(_ => finish.Task), null, null,
            () => bed.InsertAsync(("a", "1")),
            async () =>
            {
                bed.Time.Advance(TimeSpan.FromHours(25));
                await bed.Table.Stream.TrimAsync();
                behind = (await bed.ChangesAsync()).Count;
                finish.SetResult(InvocationResult.Success(default));
            });

        behind.Should().Be(1);
        stats.Behind.Should().Be(0);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public async Task When_the_number_of_lanes_changes_no_record_is_left_out(int lanes)
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(0, 20).Select(i => ($"p{i}", i == 7 ? "bad" : $"{i}"))]);
        StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad), StreamBed.Options with { ParallelizationFactor = 4 });
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, StreamBed.Options with { ParallelizationFactor = lanes });

        function.Events.SelectMany(StreamBed.SortKeys).Should().Contain("bad");
    }

    [Fact]
    public async Task An_items_records_keep_their_order_while_lanes_run_in_parallel()
    {
        await using var bed = await TableBed.OpenAsync();
        foreach (var i in Enumerable.Range(0, 100))
        {
            await bed.Table.PutAsync(TableBed.Item("a", $"{i % 20}", $"{i:d3}"));
        }

        var finish = new TaskCompletionSource<InvocationResult>();
        var function = new FakeFunction(_ => finish.Task);
        var atOnce = 0;

        StreamBed.Run(bed, function, StreamBed.Options with { ParallelizationFactor = 4, BatchSize = 10 }, null, () =>
        {
            atOnce = function.Events.Count;
            finish.SetResult(InvocationResult.Success(default));
            return Task.CompletedTask;
        });

        atOnce.Should().Be(4);
        var images = function.Events.SelectMany(input => input["Records"]!.AsArray()).Select(record => record!["dynamodb"]!["NewImage"]!).ToList();
        images.Should().HaveCount(100);
        foreach (var item in images.GroupBy(image => image["sk"]!["S"]!.GetValue<string>(), image => image["value"]!["S"]!.GetValue<string>()))
        {
            item.Should().BeInAscendingOrder();
        }
    }

    /// <summary>As on Lambda: "in-order processing at the item (partition and sort key) level".</summary>
    [Fact]
    public async Task With_several_lanes_items_of_one_partition_key_may_overtake_each_other()
    {
        await using var bed = await TableBed.OpenAsync();
        var finish = new TaskCompletionSource<InvocationResult>();
        var first = new List<string>();
        var function = new FakeFunction(input => StreamBed.SortKeys(input).First() == "0" ? finish.Task : Task.FromResult(InvocationResult.Success(default)));

        StreamBed.Run(bed, function, StreamBed.Options with { ParallelizationFactor = 4, BatchSize = 1 }, null, () => bed.InsertAsync([.. Items()]), () =>
        {
            first.AddRange(function.Events.SelectMany(StreamBed.SortKeys));
            finish.SetResult(InvocationResult.Success(default));
            return Task.CompletedTask;
        });

        first.Should().Contain("0", "its lane is at work on it").And.HaveCountGreaterThan(20, "the other lanes are done with items that came later");
        function.Events.SelectMany(StreamBed.SortKeys).Should().BeEquivalentTo(Items().Select(item => item.Sk));

        static IEnumerable<(string Pk, string Sk)> Items() => Enumerable.Range(0, 40).Select(i => ("a", $"{i}"));
    }

    [Fact]
    public async Task A_single_lane_keeps_the_order_of_the_whole_stream()
    {
        await using var bed = await TableBed.OpenAsync();
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, StreamBed.Options with { BatchSize = 7 }, null, () => bed.InsertAsync([.. Enumerable.Range(0, 100).Select(i => ($"p{i % 3}", $"{i:d3}"))]));

        function.Events.SelectMany(StreamBed.SortKeys).Should().HaveCount(100).And.BeInAscendingOrder();
    }

    /// <summary>An earlier version divided changes into lanes by partition key. A record that waited in one lane is now in another.</summary>
    [Fact]
    public async Task Records_that_waited_in_lanes_by_partition_key_are_not_left_out()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync([.. Enumerable.Range(0, 40).Select(i => ("a", $"{i}"))]);
        bed.Database.Define("""
            CREATE TABLE stream_checkpoints (
                source TEXT NOT NULL, lanes INTEGER NOT NULL, lane INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (source, lane)) WITHOUT ROWID;
            INSERT INTO stream_checkpoints (source, lanes, lane, sequence) VALUES ('mapping', 4, 0, 40), ('mapping', 4, 1, 30), ('mapping', 4, 2, 40), ('mapping', 4, 3, 40);
            """);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function, StreamBed.Options with { ParallelizationFactor = 4 });

        function.Events.SelectMany(StreamBed.SortKeys).Should().BeEquivalentTo(Enumerable.Range(30, 10).Select(i => $"{i}"));
    }

    [Fact]
    public async Task A_record_that_always_fails_blocks_only_its_own_lane()
    {
        await using var bed = await TableBed.OpenAsync(maxHeldChanges: 5);
        var keys = Enumerable.Range(0, 40).Select(i => $"{i}").ToList();
        await bed.InsertAsync(("a", "bad"));
        var function = new FakeFunction(StreamBed.FailBad);

        StreamBed.Run(
            bed, function, StreamBed.Options with { ParallelizationFactor = 10 }, null,
            [() => bed.InsertAsync([.. keys.Select(key => ("a", key))]), () => bed.Table.PutAsync(TableBed.Item("a", "bad", "changed")), .. StreamBed.Wait(bed, 3)]);

        var seen = function.Events.SelectMany(StreamBed.SortKeys).Where(key => key != "bad").Distinct().ToList();
        seen.Should().HaveCountGreaterThan(30);
        function.Events.Should().NotContain(input => input.ToJsonString().Contains("changed"), "it comes after the change that fails");
    }

    [Fact]
    public async Task After_a_restart_between_retries_the_records_are_passed_again()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("a", "bad"), ("a", "3"));
        var before = StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad));
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function);

        before.Behind.Should().Be(2);
        StreamBed.Batches(function).Should().Equal("bad 3");
    }

    private static Task<long> SlowestAsync(TableBed bed) => bed.Database.InTransactionAsync(connection => (long)connection.Scalar("SELECT min(sequence) FROM stream_checkpoints")!);

    private static Task Pass(TableBed bed, int seconds)
    {
        bed.Time.Advance(TimeSpan.FromSeconds(seconds));
        return Task.CompletedTask;
    }

    /// <summary>With a database file the mapping works on other threads: waits for this number of records.</summary>
    private static async Task<List<string>> RunUntilAsync(TableBed bed, StreamEventSourceOptions options, int records)
    {
        var seen = new List<string>();
        var all = new TaskCompletionSource();
        var function = new FakeFunction(input =>
        {
            lock (seen)
            {
                seen.AddRange(StreamBed.SortKeys(input));
                if (seen.Count >= records)
                {
                    all.TrySetResult();
                }
            }

            return StreamBed.AllGood;
        });
        var source = await StreamEventSource.OpenAsync(bed.Database, bed.Table, function, options, null, bed.Time, new Random(1));
        using var stop = new CancellationTokenSource();
        var running = source.RunAsync(stop.Token);
        await all.Task;
        while (source.Stats.Behind > 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await running;
        return seen;
    }
}
