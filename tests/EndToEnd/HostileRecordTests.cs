namespace DataToEvents.EndToEnd.Tests;

/// <summary>Sends one hostile record among 499 good ones in one call. It ends in the right place, and the others are not harmed.</summary>
public sealed class HostileRecordTests : IDisposable
{
    private static readonly byte[] Big = Encoding.UTF8.GetBytes($"\"{new string('x', 900 * 1024)}\"");
    private static readonly byte[] NoText = [0xFF, 0xFE, 0x00, 0x80];
    private static readonly byte[] Deep = Encoding.UTF8.GetBytes(new string('[', 1_000) + new string(']', 1_000));

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Hostile_records_end_where_they_should_and_their_neighbours_are_untouched(string mode)
    {
        var good = Enumerable.Range(0, 499).Select(TestOrders.Order).ToArray();
        byte[][] hostile = [Big, NoText, "null"u8.ToArray(), [], Deep];
        using (var host = await RunningHost.StartAsync(_folder.Data, mode))
        {
            foreach (var (record, number) in hostile.Select((record, number) => (record, number)))
            {
                // Every case sends the same good records, so they count once.
                var middle = 100 * number;
                await host.PutAsync([.. good.Take(middle).Select(Encoding.UTF8.GetBytes), record, .. good.Skip(middle).Select(Encoding.UTF8.GetBytes)]);
            }

            await host.AwaitDeliveredAsync(good.Length + hostile.Length);
            (await host.ViewAsync()).GetProperty("types").GetProperty("order").GetInt32().Should().Be(good.Length);
            await host.StopAsync();
        }

        var lake = RunningHost.LakeLines(_folder.Data).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        lake.Should().HaveCount(hostile.Length * (good.Length + 1));
        lake.Where(line => line.GetProperty("type").GetString() == "order").Select(line => line.GetProperty("data").GetRawText()).ToHashSet().Should().BeEquivalentTo(good);
        // Objects of the same second have names that do not tell which came first.
        var ends = lake.Where(line => line.GetProperty("type").GetString() == "data.unclassified")
            .OrderBy(line => line.GetProperty("dteacceptedtime").GetString(), StringComparer.Ordinal).ToArray();
        var reference = ends[0].GetProperty("dataref").GetString()!;
        reference.Should().StartWith("s3://data-events/payloads/");
        (await File.ReadAllBytesAsync(Path.Combine(_folder.Data, reference["s3://data-events/".Length..]))).Should().Equal(Big);
        ends[1].GetProperty("data_base64").GetBytesFromBase64().Should().Equal(NoText);
        ends[2].GetProperty("data").GetRawText().Should().Be("null");
        ends[3].GetProperty("data").GetString().Should().BeEmpty();
        ends[4].GetProperty("data_base64").GetBytesFromBase64().Should().Equal(Deep);
    }

    [Fact]
    public async Task A_record_over_firehoses_limit_is_refused_which_the_exit_code_says_too()
    {
        var input = _folder.Write("big.ndjson", $"{TestOrders.Order(1)}\n\"{new string('y', 1_100_000)}\"\n{TestOrders.Order(2)}\n");

        var (exitCode, output, _) = await RunningHost.RunAsync("--input", input, "--data", _folder.Data, "--port", "0", "--summary", "json");

        exitCode.Should().Be(1);
        var summary = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        (summary.GetProperty("accepted").GetInt32(), summary.GetProperty("refused").GetInt32(), summary.GetProperty("delivered").GetInt32()).Should().Be((2, 1, 2));
    }
}
