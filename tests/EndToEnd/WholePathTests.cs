using DataToEvents.Common;

namespace DataToEvents.EndToEnd.Tests;

public sealed class WholePathTests : IDisposable
{
    private readonly DataFolder _folder = new();

    private string Data => _folder.Data;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.InProcessOfBuild)]
    [InlineData("process")]
    public async Task Every_record_arrives_byte_for_byte_and_a_second_feeding_has_no_effect(string mode)
    {
        var records = Enumerable.Range(0, 700).Select(TestOrders.Order).ToArray();
        var input = _folder.Write("orders.ndjson", string.Join('\n', records));

        var first = await RunningHost.SummaryAsync("--input", input, "--data", Data, "--functions", mode);
        var second = await RunningHost.SummaryAsync("--input", input, "--data", Data, "--functions", mode);

        Count(first, "accepted", "lake", "stored", "published", "delivered").Should().Equal(700, 700, 700, 700, 700);
        Count(second, "accepted", "stored", "duplicates", "delivered").Should().Equal(700, 0, 700, 0);
        var lake = RunningHost.LakeLines(Data);
        // Objects of the same second have names that do not tell which came first.
        lake.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetRawText()).Order(StringComparer.Ordinal)
            .Should().Equal(records.Concat(records).Order(StringComparer.Ordinal), "the lake keeps what was sent, each time it was sent");
    }

    /// <summary>With several emitters events pass each other, so the order is read from the bus's archive.</summary>
    [Fact]
    public async Task The_events_of_a_stream_are_published_in_order()
    {
        await RunningHost.SummaryAsync("--input", _folder.Write("orders.ndjson", string.Join('\n', Enumerable.Range(0, 700).Select(TestOrders.Order))), "--data", Data);

        var published = new List<JsonElement>();
        await using (var directory = await DataDirectory.OpenAsync(new DirectoryInfo(Data), audit: false))
        {
            await directory.Bus.Archive.FindAsync(DateTimeOffset.UnixEpoch, detail =>
            {
                published.Add(JsonDocument.Parse(detail).RootElement);
                return false;
            });
        }

        published.Should().HaveCount(700);
        foreach (var stream in published.GroupBy(detail => detail.GetProperty("subject").GetString(), detail => detail.GetProperty("dtesequence").GetString()))
        {
            stream.Should().BeInAscendingOrder(StringComparer.Ordinal);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task What_was_acknowledged_before_a_kill_is_delivered_after_it_once(int batchesBeforeTheKill)
    {
        using (var host = await RunningHost.StartAsync(Data))
        {
            for (var batch = 0; batch < batchesBeforeTheKill; batch++)
            {
                await host.PutAsync(Enumerable.Range(batch * 200, 200).Select(TestOrders.Order));
            }

            await host.KillAsync();
        }

        var acknowledged = batchesBeforeTheKill * 200;
        await RunningHost.SummaryAsync("--input", _folder.Write("empty.ndjson", ""), "--data", Data);

        using var again = await RunningHost.StartAsync(Data);
        var view = JsonDocument.Parse(await again.Client.GetStringAsync("api/")).RootElement;
        view.GetProperty("events").GetInt32().Should().Be(acknowledged);
        RunningHost.LakeLines(Data).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString())
            .Should().HaveCount(acknowledged).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.InProcessOfBuild)]
    [InlineData(RunningHost.Processes)]
    public async Task The_api_answers_from_the_view_and_refuses_in_problem_details(string mode)
    {
        const string Named = """{"specversion":"1.0","id":"1","source":"urn:test","type":"named","subject":"100%41/東"}""";
        await RunningHost.SummaryAsync("--input", _folder.Write("orders.ndjson", string.Join('\n', Enumerable.Range(0, 20).Select(TestOrders.Order).Append(Named))), "--data", Data);
        using var host = await RunningHost.StartAsync(Data, mode);

        JsonDocument.Parse(await host.Client.GetStringAsync("api/streams/order-3")).RootElement.GetProperty("events").GetInt32().Should().Be(2);
        var page = JsonDocument.Parse(await host.Client.GetStringAsync("api/events?type=order&limit=5")).RootElement;
        page.GetProperty("events").GetArrayLength().Should().Be(5);
        foreach (var path in new[] { "api/streams/100%2541%2F%E6%9D%B1", "api/streams?id=100%2541%2F%E6%9D%B1" })
        {
            JsonDocument.Parse(await host.Client.GetStringAsync(path)).RootElement.GetProperty("stream").GetString().Should().Be("100%41/東");
        }

        JsonDocument.Parse(await host.Client.GetStringAsync($"api/events?type=order&limit=1000&cursor={page.GetProperty("next").GetString()}")).RootElement.GetProperty("events").GetArrayLength().Should().Be(15);
        foreach (var (path, status) in new[] { ("api/streams/none", 404), ("api/streams", 400), ("api/events?limit=0", 400), ("api/events?cursor=*", 400), ("api/nothing", 404) })
        {
            using var response = await host.Client.GetAsync(new Uri(path, UriKind.Relative));
            ((int)response.StatusCode).Should().Be(status, "{0}", path);
            JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.ValueKind.Should().Be(JsonValueKind.Object);
        }
    }

    [Fact]
    public async Task A_payload_over_the_inline_limit_comes_back_from_the_api_byte_for_byte()
    {
        var big = $$"""{"orderId":"1","text":"{{new string('é', 300_000)}}","n":1.0}""";
        await RunningHost.SummaryAsync("--input", _folder.Write("big.ndjson", big), "--data", Data);
        using var host = await RunningHost.StartAsync(Data);

        var events = JsonDocument.Parse(await host.Client.GetStringAsync("api/events")).RootElement.GetProperty("events");
        var name = events[0].GetProperty("dataref").GetString()!.Split('/')[^1];
        (await host.Client.GetByteArrayAsync($"api/payloads/{name}")).Should().Equal(Encoding.UTF8.GetBytes(big));
        (await host.Client.GetAsync(new Uri($"api/payloads/{new string('0', 64)}.bin", UriKind.Relative))).StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_data_directory_serves_both_ways_to_run_functions_with_the_same_answers()
    {
        string[] paths = ["api/", "api/streams/order-3", "api/events?limit=30", "api/events?type=order&limit=7"];
        await RunningHost.SummaryAsync("--input", _folder.Write("first.ndjson", string.Join('\n', Enumerable.Range(0, 20).Select(TestOrders.Order))), "--data", Data);
        var inProcess = await AnswersAsync("inprocess", paths);
        var process = await AnswersAsync("process", paths);
        await RunningHost.SummaryAsync("--input", _folder.Write("second.ndjson", TestOrders.Order(20)), "--data", Data, "--functions", "process");
        var both = await AnswersAsync("inprocess", ["api/"]);

        process.Should().Equal(inProcess);
        JsonDocument.Parse(both[0]).RootElement.GetProperty("events").GetInt32().Should().Be(21);
    }

    [Fact]
    public async Task Missing_packages_are_one_line_that_says_how_to_make_them()
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", Data, "--port", "0", "--no-feed", "--functions", "aws", "--artifacts", _folder.PathOf("none"));

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().Contain("Run make package first").And.NotContain("\n");
    }

    [Theory]
    [InlineData("--input", "does-not-exist.ndjson")]
    [InlineData("--port", "99999")]
    [InlineData("--rate", "fast")]
    [InlineData("--function-timeout", "31s")]
    [InlineData("--keep", "1")]
    [InlineData("--nonsense", "1")]
    [InlineData("--summary", "xml")]
    [InlineData("--functions", "lambda")]
    public async Task Bad_input_is_one_line_on_standard_error_and_exit_code_2(string option, string value)
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", Data, option, value);

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().NotContain("\n").And.NotBeEmpty();
    }

    private async Task<List<string>> AnswersAsync(string mode, string[] paths)
    {
        using var host = await RunningHost.StartAsync(Data, mode);
        var answers = new List<string>();
        foreach (var path in paths)
        {
            answers.Add(await host.Client.GetStringAsync(path));
        }

        await host.StopAsync();
        return answers;
    }

    private static IEnumerable<int> Count(JsonElement summary, params string[] names) => names.Select(name => summary.GetProperty(name).GetInt32());
}
