using System.Text;
using System.Text.Json;

namespace DataToEvents.EndToEnd.Tests;

public sealed class WholePathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-");

    private string Data => Path.Combine(_folder.FullName, "data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Every_record_arrives_byte_for_byte_and_a_second_feeding_has_no_effect()
    {
        var records = Enumerable.Range(0, 700).Select(Order).ToArray();
        var input = Write("orders.ndjson", string.Join('\n', records));

        var first = await RunningHost.SummaryAsync("--input", input, "--data", Data);
        var second = await RunningHost.SummaryAsync("--input", input, "--data", Data);

        Count(first, "accepted", "lake", "stored", "published", "delivered").Should().Equal(700, 700, 700, 700, 700);
        Count(second, "accepted", "stored", "duplicates", "delivered").Should().Equal(700, 0, 700, 0);
        var lake = RunningHost.LakeLines(Data);
        lake.Take(700).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("data").GetRawText()).Should().Equal(records);
    }

    [Fact]
    public async Task Hostile_records_end_where_they_should_and_their_neighbours_are_untouched()
    {
        var good = Enumerable.Range(0, 499).Select(Order).ToArray();
        byte[][] hostile =
        [
            Encoding.UTF8.GetBytes($"\"{new string('x', 900 * 1024)}\""),
            [0xFF, 0xFE, 0x00, 0x80],
            "null"u8.ToArray(),
            Encoding.UTF8.GetBytes(new string('[', 1_000) + new string(']', 1_000)),
            Encoding.UTF8.GetBytes($"\"{new string('y', 1_100_000)}\""),
        ];
        var input = Path.Combine(_folder.FullName, "mixed.ndjson");
        await File.WriteAllBytesAsync(input, [.. good.Select(Encoding.UTF8.GetBytes).Concat(hostile).SelectMany(record => record.Append((byte)'\n'))]);

        var summary = await RunningHost.SummaryAsync("--input", input, "--data", Data);

        // Firehose itself refuses the last one; all others go the whole way.
        Count(summary, "accepted", "refused", "lake", "stored", "delivered").Should().Equal(503, 1, 503, 503, 503);
        var lake = RunningHost.LakeLines(Data).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        lake.Take(499).Select(line => line.GetProperty("data").GetRawText()).Should().Equal(good);
        var reference = lake[499].GetProperty("dataref").GetString()!;
        reference.Should().StartWith("s3://data-events/payloads/");
        (await File.ReadAllBytesAsync(Path.Combine(Data, reference["s3://data-events/".Length..]))).Should().Equal(hostile[0]);
        lake[500].GetProperty("data_base64").GetBytesFromBase64().Should().Equal(hostile[1]);
        lake[501].GetProperty("data").GetRawText().Should().Be("null");
        lake[502].GetProperty("data_base64").GetBytesFromBase64().Should().Equal(hostile[3]);
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
                await host.PutAsync(Enumerable.Range(batch * 200, 200).Select(Order));
            }

            await host.KillAsync();
        }

        var acknowledged = batchesBeforeTheKill * 200;
        await RunningHost.SummaryAsync("--input", Write("empty.ndjson", ""), "--data", Data);

        using var again = await RunningHost.StartAsync(Data);
        var view = JsonDocument.Parse(await again.Client.GetStringAsync("api/")).RootElement;
        view.GetProperty("events").GetInt32().Should().Be(acknowledged);
        RunningHost.LakeLines(Data).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString())
            .Should().HaveCount(acknowledged).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task The_api_answers_from_the_view_and_refuses_in_problem_details()
    {
        await RunningHost.SummaryAsync("--input", Write("orders.ndjson", string.Join('\n', Enumerable.Range(0, 20).Select(Order))), "--data", Data);
        using var host = await RunningHost.StartAsync(Data);

        JsonDocument.Parse(await host.Client.GetStringAsync("api/streams/order-3")).RootElement.GetProperty("events").GetInt32().Should().Be(2);
        JsonDocument.Parse(await host.Client.GetStringAsync("api/events?type=order&limit=5")).RootElement.GetProperty("events").GetArrayLength().Should().Be(5);
        foreach (var (path, status) in new[] { ("api/streams/none", 404), ("api/events?limit=0", 400), ("api/nothing", 404) })
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
        await RunningHost.SummaryAsync("--input", Write("big.ndjson", big), "--data", Data);
        using var host = await RunningHost.StartAsync(Data);

        var events = JsonDocument.Parse(await host.Client.GetStringAsync("api/events")).RootElement.GetProperty("events");
        var name = events[0].GetProperty("dataref").GetString()!.Split('/')[^1];
        (await host.Client.GetByteArrayAsync($"api/payloads/{name}")).Should().Equal(Encoding.UTF8.GetBytes(big));
        (await host.Client.GetAsync(new Uri($"api/payloads/{new string('0', 64)}.bin", UriKind.Relative))).StatusCode.Should().Be(System.Net.HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("--input", "does-not-exist.ndjson")]
    [InlineData("--port", "99999")]
    [InlineData("--rate", "fast")]
    [InlineData("--nonsense", "1")]
    [InlineData("--summary", "xml")]
    public async Task Bad_input_is_one_line_on_standard_error_and_exit_code_2(string option, string value)
    {
        var (exitCode, _, errors) = await RunningHost.RunAsync("--data", Data, option, value);

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().NotContain("\n").And.NotBeEmpty();
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }

    private static string Order(int number) =>
        $$"""{"kind":"order","orderId":"{{number % 10}}","eventId":"e-{{number}}","occurredAt":"2026-11-24T12:00:00Z","total":1.0,"note":null,"who":"José 張偉 🚀","n":12345678901234567890.10}""";

    private static IEnumerable<int> Count(JsonElement summary, params string[] names) => names.Select(name => summary.GetProperty(name).GetInt32());
}
