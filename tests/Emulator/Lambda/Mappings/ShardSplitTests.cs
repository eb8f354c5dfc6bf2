using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>What a mapping does when a shard of the table's stream is split.</summary>
public class ShardSplitTests
{
    [Fact]
    public async Task A_shard_is_read_to_its_end_before_its_children_are_read()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "bad1"));
        var failures = 0;
        var function = new FakeFunction(input => StreamBed.SortKeys(input).Contains("bad1") && ++failures < 3 ? StreamBed.FailBad(input) : StreamBed.AllGood);

        var stats = StreamBed.Run(
            bed, function, steps: [async () => await bed.Table.SplitShardAsync("a"), () => bed.InsertAsync(("a", "2"), ("b", "2"), ("c", "2"), ("d", "2")), .. StreamBed.Wait(bed, 3)]);

        StreamBed.Batches(function).Take(3).Should().Equal("bad1", "bad1", "bad1");
        function.Events.Skip(3).SelectMany(StreamBed.SortKeys).Should().Equal("2", "2", "2", "2");
        stats.Behind.Should().Be(0);
    }

    [Fact]
    public async Task The_changes_of_a_partition_key_stay_together_unless_the_split_is_within_it()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.SplitShardAsync("a");
        await bed.InsertAsync([.. Enumerable.Range(0, 20).Select(i => ("a", $"{i:D3}"))]);
        ShardsOf(bed, "a").Should().ContainSingle();

        await bed.Table.SplitShardAsync("a", withinPartitionKey: true);
        await bed.InsertAsync([.. Enumerable.Range(20, 20).Select(i => ("a", $"{i:D3}"))]);

        ShardsOf(bed, "a").Should().HaveCount(3);
        bed.Table.Stream.Shards.Where(shard => shard.IsOpen).Should().HaveCount(3);
    }

    [Fact]
    public async Task Every_change_is_passed_once_and_each_item_in_its_order_however_often_shards_split()
    {
        await using var bed = await TableBed.OpenAsync(maxHeldChanges: 7);
        var random = new Random(5);
        var function = new FakeFunction(_ => StreamBed.AllGood);
        Func<Task>[] steps =
        [
            .. Enumerable.Range(1, 60).Select(version => (Func<Task>)(async () =>
            {
                foreach (var key in "abcdef")
                {
                    await bed.Table.PutAsync(TableBed.Item($"{key}", $"{version % 3}", $"{version}"));
                }

                if (random.Next(3) == 0)
                {
                    await bed.Table.SplitShardAsync($"{"abcdef"[random.Next(6)]}", withinPartitionKey: random.Next(2) == 0);
                }
            })),
        ];

        StreamBed.Run(bed, function, StreamBed.Options with { BatchSize = 4 }, steps: steps);

        var passed = function.Events.SelectMany(input => input["Records"]!.AsArray()).Select(record => record!["dynamodb"]!).ToList();
        passed.Should().HaveCount(360);
        foreach (var item in passed.GroupBy(change => change["Keys"]!.ToJsonString()))
        {
            item.Select(change => change["SequenceNumber"]!.GetValue<string>()).Should().BeInAscendingOrder(StringComparer.Ordinal).And.OnlyHaveUniqueItems();
        }

        bed.Table.Stream.Shards.Count.Should().BeGreaterThan(10);
    }

    [Fact]
    public async Task A_mapping_that_starts_again_goes_on_in_the_shards_that_are_open()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"), ("b", "1"));
        StreamBed.Run(bed, new FakeFunction(_ => StreamBed.AllGood), steps: [async () => await bed.Table.SplitShardAsync("a"), () => bed.InsertAsync(("a", "2"), ("b", "2"))]);
        await bed.RestartAsync();
        await bed.Table.SplitShardAsync("b");
        await bed.InsertAsync(("a", "3"), ("b", "3"));
        var function = new FakeFunction(_ => StreamBed.AllGood);

        var stats = StreamBed.Run(bed, function);

        function.Events.SelectMany(StreamBed.SortKeys).Should().Equal("3", "3");
        stats.Behind.Should().Be(0);
    }

    [Fact]
    public async Task An_object_about_a_failed_change_names_its_shard()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.Table.SplitShardAsync("a");
        await bed.InsertAsync(("a", "bad1"));
        var failures = new CollectedFailures();

        StreamBed.Run(bed, new FakeFunction(StreamBed.FailBad), StreamBed.Options with { MaximumRetryAttempts = 0 }, failures);

        var shard = ShardsOf(bed, "a").Should().ContainSingle().Which;
        failures.Objects.Should().ContainSingle().Which.Key.Should().Contain($"/{shard}/");
        failures.Objects.Values.Single()["DDBStreamBatchInfo"]!["shardId"]!.GetValue<string>().Should().Be(shard).And.NotEndWith("-00000000");
    }

    /// <summary>The shards that hold changes of a partition key.</summary>
    private static List<string> ShardsOf(TableBed bed, string partitionKey)
    {
        var changes = bed.ChangesAsync().GetAwaiter().GetResult().Where(change => change.PartitionKey == partitionKey).ToList();
        return [.. bed.Table.Stream.Shards.Where(shard => changes.Exists(shard.Holds)).Select(shard => shard.Id)];
    }
}
