using DataToEvents.Emulator.Tables;
using DataToEvents.Emulator.Tests.Tables;

namespace DataToEvents.Emulator.Tests.Lambda.Mappings;

/// <summary>What a mapping does with a table that begins with several partitions: its stream has a shard for each.</summary>
public class PartitionsTests
{
    [Fact]
    public async Task Each_partition_key_is_in_one_shard_and_the_keys_are_spread_over_all_shards()
    {
        await using var bed = await TableBed.OpenAsync(partitions: 4);
        await InsertManyAsync(bed);

        var changes = await bed.ChangesAsync();
        var shards = bed.Table.Stream.Shards;

        shards.Select(shard => (shard.Number, shard.Parent)).Should().Equal((0, null), (1, null), (2, null), (3, null));
        changes.Should().OnlyContain(change => shards.Count(shard => shard.Holds(change)) == 1);
        changes.GroupBy(change => change.PartitionKey).Should().OnlyContain(key => key.Select(change => shards.Single(shard => shard.Holds(change)).Number).Distinct().Count() == 1);
        shards.Should().OnlyContain(shard => changes.Count(shard.Holds) > 10);
    }

    [Fact]
    public async Task A_shard_whose_first_change_fails_does_not_stop_the_other_shards()
    {
        await using var bed = await TableBed.OpenAsync(partitions: 4);
        await bed.InsertAsync(("bad", "bad1"));
        await InsertManyAsync(bed);
        var function = new FakeFunction(StreamBed.FailBad);

        StreamBed.Run(bed, function);

        var changes = await bed.ChangesAsync();
        var stopped = bed.Table.Stream.Shards.Single(shard => shard.Holds(changes[0]));
        Numbers(function.Events.Where(input => !StreamBed.SortKeys(input).Contains("bad1"))).Should().BeEquivalentTo(
            changes.Where(change => !stopped.Holds(change)).Select(change => change.SequenceNumber));
    }

    [Fact]
    public async Task Every_change_is_passed_once_and_each_partition_key_in_its_order()
    {
        await using var bed = await TableBed.OpenAsync(maxHeldChanges: 7, partitions: 4);
        await InsertManyAsync(bed);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        var stats = StreamBed.Run(bed, function, StreamBed.Options with { BatchSize = 3 });

        Numbers(function.Events).Should().OnlyHaveUniqueItems().And.HaveCount(200);
        foreach (var key in function.Events.SelectMany(input => input["Records"]!.AsArray()).GroupBy(record => record!["dynamodb"]!["Keys"]!["pk"]!.ToJsonString()))
        {
            key.Select(record => record!["dynamodb"]!["SequenceNumber"]!.GetValue<string>()).Should().BeInAscendingOrder(StringComparer.Ordinal);
        }

        stats.Behind.Should().Be(0);
    }

    [Fact]
    public async Task A_mapping_that_starts_again_passes_only_what_is_new_in_every_shard()
    {
        await using var bed = await TableBed.OpenAsync(partitions: 4);
        await InsertManyAsync(bed);
        StreamBed.Run(bed, new FakeFunction(_ => StreamBed.AllGood));
        await bed.RestartAsync();
        await bed.InsertAsync([.. Enumerable.Range(0, 50).Select(key => ($"{key}", "new"))]);
        var function = new FakeFunction(_ => StreamBed.AllGood);

        StreamBed.Run(bed, function);

        function.Events.SelectMany(StreamBed.SortKeys).Should().HaveCount(50).And.OnlyContain(sort => sort == "new");
    }

    [Fact]
    public async Task A_shard_without_changes_has_its_checkpoint_moved_along_with_the_others()
    {
        await using var bed = await TableBed.OpenAsync(partitions: 4);
        StreamBed.Run(
            bed, new FakeFunction(_ => StreamBed.AllGood), StreamBed.Options with { BatchSize = 1_000 },
            steps: [() => bed.InsertAsync([.. Enumerable.Range(0, 5_001).Select(sort => ("one", $"{sort}"))]), () => bed.InsertAsync(("one", "last"))]);

        var saved = await bed.Database.InTransactionAsync(connection => connection.Query("SELECT sequence FROM stream_checkpoints", row => row.GetInt64(0)));

        saved.Should().HaveCount(4).And.OnlyContain(sequence => sequence > 5_000);
    }

    [Fact]
    public async Task A_table_that_has_items_keeps_its_one_shard()
    {
        await using var bed = await TableBed.OpenAsync();
        await bed.InsertAsync(("a", "1"));
        bed.Partitions = 4;
        await bed.RestartAsync();

        bed.Table.Stream.Shards.Should().ContainSingle();
    }

    /// <summary>50 partition keys with four items each.</summary>
    private static Task<IReadOnlyList<PutOutcome>> InsertManyAsync(TableBed bed) =>
        bed.InsertAsync([.. Enumerable.Range(0, 200).Select(i => ($"{i % 50}", $"{i / 50}"))]);

    private static IEnumerable<string> Numbers(IEnumerable<JsonNode> events) =>
        events.SelectMany(input => input["Records"]!.AsArray()).Select(record => record!["dynamodb"]!["SequenceNumber"]!.GetValue<string>());
}
