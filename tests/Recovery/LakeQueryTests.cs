namespace DataToEvents.Recovery.Tests;

/// <summary>`lake`: SQL over what the path wrote.</summary>
public sealed class LakeQueryTests : Bed
{
    [Fact]
    public async Task The_lake_answers_while_its_host_runs_and_afterwards()
    {
        await Path.PutAsync(Order(1), Order(2, stream: 2), """{"device":{"id":"7"},"readings":[20.5]}""");
        await Path.SettleAsync();
        const string Sql = "SELECT type, count(*) AS events FROM events GROUP BY type ORDER BY type";

        var running = await OperatorAsync("lake", "query", Sql, "--json");
        await Path.DisposeAsync();
        var stopped = await OperatorAsync("lake", "query", Sql, "--json");
        await OpenAgainAsync();

        running.ExitCode.Should().Be(0, running.Errors);
        running.Json.GetProperty("rows").EnumerateArray().Select(row => row.ToString()).Should().Contain("""{"type":"order","events":2}""").And.HaveCount(2);
        running.Json.GetProperty("hasMore").GetBoolean().Should().BeFalse();
        stopped.Output.Should().Be(running.Output);
    }

    [Fact]
    public async Task A_record_that_failed_is_found_with_its_reason()
    {
        Path.Transformer.Fails = _ => true;
        await Path.PutAsync(Order(1));
        await Path.SettleAsync();

        var answer = await OperatorAsync("lake", "query", "SELECT record, reason, attempts, hour FROM failed", "--json");

        answer.ExitCode.Should().Be(0, answer.Errors);
        var row = answer.Json.GetProperty("rows")[0];
        row.GetProperty("record").GetString().Should().Be(Order(1));
        row.GetProperty("reason").GetString().Should().Be("Lambda.FunctionError");
        row.GetProperty("attempts").GetInt64().Should().Be(4);
        (await KeysAsync("lake/errors/processing-failed/")).Should().ContainSingle().Which.Should().Contain($"/{row.GetProperty("hour").GetString()}/");
    }

    [Fact]
    public async Task Rows_are_printed_as_a_table_and_those_beyond_the_limit_are_told_of()
    {
        await Path.PutAsync([.. Enumerable.Range(1, 5).Select(number => Order(number))]);
        await Path.SettleAsync();

        var answer = await OperatorAsync("lake", "query", "-- which events?\nSELECT id, stream, NULL AS nothing FROM events ORDER BY id", "--limit", "2");

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Output.ReplaceLineEndings("\n").Should().Be("id   stream   nothing\ne-1  order-1  -\ne-2  order-1  -\n\nThe first 2 rows; --limit shows more.\n");
    }

    [Fact]
    public async Task Wrong_SQL_is_bad_input_and_told_in_one_line()
    {
        var answer = await OperatorAsync("lake", "query", "SELECT nix FROM events");

        answer.ExitCode.Should().Be(2);
        answer.Errors.TrimEnd().Should().StartWith("operator: the SQL is wrong in line 1 at 'nix FROM events': ").And.NotContain("\n");
    }

    [Fact]
    public async Task A_local_host_is_asked_by_its_data_directory_and_says_so()
    {
        var answer = await OperatorAtUrlAsync("lake", "query", "SELECT 1");

        answer.ExitCode.Should().Be(2);
        answer.Errors.TrimEnd().Should().Contain("not Athena").And.Contain("--data DIR").And.NotContain("\n");
    }

    [Fact]
    public async Task The_tables_are_listed_without_asking_anybody()
    {
        var answer = await OperatorShell.RunAsync("lake", "tables");

        answer.ExitCode.Should().Be(0, answer.Errors);
        answer.Output.Should().Contain("events").And.Contain("failed_lines").And.Contain("producer_sequence");
    }
}
