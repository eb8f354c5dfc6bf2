using DataToEvents.Domain;

namespace DataToEvents.Recovery.Tests;

public sealed class ReplayTests : Bed
{
    private static readonly string[] Records = [.. Enumerable.Range(0, 40).Select(number => Order(number, stream: number % 4))];

    [Theory]
    [InlineData("store")]
    [InlineData("lake")]
    public async Task Events_are_published_again_in_order_and_marked_and_consumers_that_did_not_opt_in_ignore_them(string source)
    {
        await Path.PutAsync(Records);
        await Path.SettleAsync();
        var first = Path.Delivered;

        var replay = await OperatorAsync("replay", "--from", "1h", "--source", source, "--name", "run-7", "--yes", "--json");
        await Path.SettleAsync();

        (replay.ExitCode, replay.Json.GetProperty("published").GetInt64()).Should().Be((0, 40), "{0}", replay.Errors);
        var again = Path.Delivered.Skip(first.Count).ToList();
        again.Should().HaveCount(40).And.OnlyContain(item => item.Replay == "run-7");
        again.Select(item => (item.Stream, item.Id, Payload(item))).Should().BeEquivalentTo(first.Select(item => (item.Stream, item.Id, Payload(item))));
        await ShouldHoldAsync(40);
        Path.Services.Table.Stats.Inserted.Should().Be(40, "nothing is stored again");
        (await LakeAsync()).Should().HaveCount(40);
        await ShouldVerifyAsync();
    }

    [Theory]
    [InlineData("store")]
    [InlineData("lake")]
    public async Task A_rate_is_kept(string source)
    {
        await Path.PutAsync(Records);
        await Path.SettleAsync();

        var clock = new LeapingClock();
        await OperatorAsync(clock, "replay", "--from", "1h", "--source", source, "--yes", "--rate", "20");

        clock.Waited.Should().Be(TimeSpan.FromMilliseconds(1_900), "of forty, two at a time, each two wait for those before");
        await Path.SettleAsync();
        await ShouldVerifyAsync();
    }

    [Theory]
    [InlineData("store")]
    [InlineData("lake")]
    public async Task A_dry_run_counts_what_would_be_published_and_publishes_nothing(string source)
    {
        await Path.PutAsync(Records);
        await Path.SettleAsync();
        var delivered = Path.Delivered.Count;

        var all = await OperatorAsync("replay", "--from", "1h", "--source", source, "--dry-run");
        var one = await OperatorAsync("replay", "--from", "1h", "--source", source, "--stream", "order-3", "--dry-run", "--json");
        await Path.SettleAsync();

        all.ExitCode.Should().Be(0, "{0}", all.Errors);
        all.Output.Should().Contain("40 events would be published.");
        one.Json.GetProperty("events").GetInt64().Should().Be(10);
        Path.Delivered.Should().HaveCount(delivered);
    }

    [Fact]
    public async Task A_consumer_that_opted_in_rebuilds_what_it_had_lost()
    {
        Path.Responder.Fails = _ => true;
        await Path.PutAsync(Records);
        await Path.SettleAsync();
        await RestartAsync(handleReplays: true);

        await OperatorAsync("replay", "--from", "1h", "--yes");
        await Path.SettleAsync();

        await ShouldHoldAsync(40);
        await ShouldVerifyAsync();
        foreach (var stream in Path.Delivered.GroupBy(item => item.Stream))
        {
            stream.OrderBy(item => item.StreamSequence, StringComparer.Ordinal).Select(item => int.Parse(item.Id.Value[2..], null)).Should().BeInAscendingOrder();
        }
    }

    [Fact]
    public async Task The_archive_is_played_by_the_bus_itself_and_the_same_name_is_played_once()
    {
        await Path.PutAsync(Records);
        await Path.SettleAsync();

        var replay = await OperatorAsync("replay", "--from", "1h", "--source", "archive", "--name", "run-8", "--yes");
        var again = await OperatorAsync("replay", "--from", "1h", "--source", "archive", "--name", "run-8", "--yes");
        await Path.SettleAsync();

        (replay.ExitCode, again.ExitCode).Should().Be((0, 0), "{0}{1}", replay.Errors, again.Errors);
        Path.Delivered.Should().HaveCount(80);
        await ShouldHoldAsync(40);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Stream_type_and_time_narrow_it_down()
    {
        await Path.PutAsync([.. Records, """{"device":{"id":"7"},"readings":[1.0]}"""]);
        await Path.SettleAsync();

        var stream = await OperatorAsync("replay", "--from", "1h", "--stream", "order-2", "--yes", "--json");
        var type = await OperatorAsync("replay", "--from", "1h", "--type", "device", "--source", "lake", "--yes", "--json");
        var past = await OperatorAsync("replay", "--from", "2h", "--to", "1h", "--yes", "--json");

        new[] { stream, type, past }.Select(answer => answer.Json.GetProperty("published").GetInt64()).Should().Equal(10, 1, 0);
    }

    [Theory]
    [InlineData("--from", "yesterday")]
    [InlineData("--from", "1h", "--to", "2h")]
    [InlineData("--from", "1h", "--source", "memory")]
    [InlineData("--from", "1h", "--source", "archive", "--rate", "5")]
    [InlineData("--from", "1h", "--name", "no name")]
    [InlineData("--to", "1h")]
    public async Task What_makes_no_sense_is_refused_in_one_line(params string[] arguments)
    {
        var answer = await OperatorAsync(["replay", .. arguments, "--yes"]);

        answer.ExitCode.Should().Be(2);
        answer.Errors.TrimEnd().Should().NotContain("\n").And.Contain("llowed");
    }

    private static string Payload(DataEvent item) => Encoding.UTF8.GetString(item.Payload()!);
}
