namespace DataToEvents.Recovery.Tests;

public sealed class OnFailureTests : Bed
{
    private const string OnFailure = "on-failure/";

    [Fact]
    public async Task Events_that_could_not_be_published_are_listed_and_published_from_the_payload()
    {
        var records = await FailAsync();

        var list = await OperatorAsync("on-failure", "list", "--json");
        var recover = await OperatorAsync("on-failure", "recover", "--yes");
        await Path.SettleAsync();

        list.Json.GetProperty("batches").EnumerateArray().Sum(batch => batch.GetProperty("records").GetInt64()).Should().Be(records.Length);
        recover.ExitCode.Should().Be(0, "{0}", recover.Errors);
        recover.Output.Should().Contain("from the payload").And.Contain($"{records.Length} events published");
        ShouldHaveDelivered(records);
        (await KeysAsync(OnFailure)).Should().BeEmpty();
        (await OperatorAsync("on-failure", "recover", "--yes")).Output.Should().Contain("nothing to do");
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task Without_a_payload_they_are_read_from_the_tables_stream_again()
    {
        var records = await FailAsync();
        await EditAsync(batch => batch.Remove("payload"));

        var recover = await OperatorAsync("on-failure", "recover", "--yes");
        await Path.SettleAsync();

        recover.Output.Should().Contain("from the stream").And.NotContain("from the table");
        ShouldHaveDelivered(records);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task When_the_stream_has_them_no_more_they_are_read_from_the_table()
    {
        var records = await FailAsync();
        await EditAsync(batch =>
        {
            batch.Remove("payload");
            batch["DDBStreamBatchInfo"]!["shardId"] = "shardId-of-yesterday";
        });

        var recover = await OperatorAtUrlAsync("on-failure", "recover", "--yes");
        await Path.SettleAsync();

        recover.Output.Should().Contain("from the table");
        ShouldHaveDelivered(records);
        await ShouldHoldAsync(records.Length);
        await ShouldVerifyAsync();
    }

    [Fact]
    public async Task While_the_bus_refuses_nothing_is_moved_aside()
    {
        await FailAsync();
        var keys = await KeysAsync(OnFailure);

        var recover = await OperatorAsync("on-failure", "recover", "--yes", "--bus", "no-such-bus");

        (recover.ExitCode, recover.Errors).Should().Match<(int, string)>(answer => answer.Item1 == 3 && answer.Item2.Contains("no-such-bus"));
        (await KeysAsync(OnFailure)).Should().Equal(keys);
    }

    private async Task<string[]> FailAsync()
    {
        var records = Enumerable.Range(0, 20).Select(number => Order(number, stream: number % 3)).ToArray();
        Path.Emitter.Fails = _ => true;
        await Path.PutAsync(records);
        await Path.SettleAsync();
        Path.Emitter.Fails = null;
        Path.Delivered.Should().BeEmpty();
        return records;
    }

    private async Task EditAsync(Action<JsonObject> edit)
    {
        foreach (var key in await KeysAsync(OnFailure))
        {
            var batch = JsonNode.Parse((await Path.Services.Bucket.GetAsync(key))!)!.AsObject();
            edit(batch);
            await Path.Services.Bucket.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(batch.ToJsonString()));
        }
    }
}
