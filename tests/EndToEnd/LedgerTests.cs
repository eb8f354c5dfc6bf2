using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>Generator and host as a person runs them: what was sent is proved to have arrived, and what was spoilt is found.</summary>
public sealed class LedgerTests : IDisposable
{
    private static readonly string Generator = BuiltTools.Generator;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("datatoevents-");

    private string Data => Path.Combine(_folder.FullName, "data");

    private string Ledger => Path.Combine(_folder.FullName, "run.ledger");

    public void Dispose() => _folder.Delete(recursive: true);

    // No empty records: two that arrive in one millisecond, in different batches of the Transformer, become one event (docs/generator.md, limits).
    [Fact]
    public async Task Everything_sent_with_all_faults_over_several_calls_is_accounted_for()
    {
        using var host = await RunningHost.StartAsync(Data, more: "--audit");
        await SendAsync(host, "--count", "4000", "--streams", "60", "--skew", "zipf:1.1", "--duplicates", "3", "--poison", "2", "--poison-kinds", "not-json,broken-utf8,deep,large,oversize,unfit", "--non-ascii", "10", "--seed", "7", "--concurrency", "4");

        var verdict = await VerifyAsync(expected: 0);

        Count(verdict, "lost", "doubled", "outOfOrder", "altered", "setAside").Should().Equal(0, 0, 0, 0, 0);
        verdict.GetProperty("poison").EnumerateObject().Should().NotBeEmpty();
        verdict.GetProperty("latencyMs").EnumerateObject().Select(hop => hop.Name).Should().Contain("accepted → stored and published");
    }

    [Fact]
    public async Task Events_queued_past_the_transformer_are_accounted_for_too()
    {
        using var host = await RunningHost.StartAsync(Data, more: "--audit");
        await SendAsync(host, "--target", "sqs", "--count", "500", "--duplicates", "5", "--seed", "3", "--concurrency", "4");

        Count(await VerifyAsync(expected: 0), "lost", "doubled", "outOfOrder", "altered").Should().Equal(0, 0, 0, 0);
    }

    [Fact]
    public async Task What_is_spoilt_afterwards_is_found_and_named()
    {
        using var host = await RunningHost.StartAsync(Data, more: "--audit");
        await SendAsync(host, "--count", "600", "--streams", "4", "--families", "order", "--seed", "5");
        await VerifyAsync(expected: 0);
        var items = (await Ask(host, "Query", """{"TableName":"data-events","KeyConditionExpression":"pk = :p","ExpressionAttributeValues":{":p":{"S":"order-10001"}}}"""))
            .GetProperty("Items").EnumerateArray().OrderBy(item => item.GetProperty("seq").GetProperty("S").GetString(), StringComparer.Ordinal).ToArray();
        string Id(int index) => items[index].GetProperty("sk").GetProperty("S").GetString()!;

        // One item, two items that change places, one byte, and one line of the lake. (A delivered event: tests/Generator, in the consumer's view.)
        await Ask(host, "DeleteItem", Request("data-events", "order-10001", Id(3)));
        await PutAsync(host, items[7], text => text.Replace(Sequence(items[7]), Sequence(items[9]), StringComparison.Ordinal));
        await PutAsync(host, items[9], text => text.Replace(Sequence(items[9]), Sequence(items[7]), StringComparison.Ordinal));
        await PutAsync(host, items[11], text => text.Replace("EUR", "USD", StringComparison.Ordinal));
        var gone = SpoilLake();

        var verdict = await VerifyAsync(expected: 1, "--wait", "0s");

        Named(verdict, "lost").Should().Contain(what => what.Contains(Id(3)) && what.Contains("not in the store"))
            .And.Contain(what => what.Contains(gone) && what.Contains("not in the lake")).And.HaveCount(2);
        Named(verdict, "outOfOrder").Should().NotBeEmpty().And.OnlyContain(what => what.Contains("order-10001"));
        Named(verdict, "altered").Should().ContainSingle().Which.Should().Contain(Id(11)).And.Contain("payload");
    }

    [Fact]
    public async Task The_same_seed_sends_the_same_bytes()
    {
        string[] options = ["preview", "--count", "2000", "--streams", "500", "--skew", "zipf:1.1", "--non-ascii", "10", "--size", "700", "--seed", "7"];

        var first = await RunAsync(options);
        var second = await RunAsync(options);

        (first.ExitCode, first.Output.Length > 1_000_000).Should().Be((0, true));
        second.Output.Should().Be(first.Output);
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Generator, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    private async Task SendAsync(RunningHost host, params string[] options)
    {
        var (exitCode, output, errors) = await RunAsync(["send", "--endpoint-url", host.Client.BaseAddress!.ToString(), "--ledger", Ledger, "--json", .. options]);
        exitCode.Should().Be(0, "the generator said: {0} {1}", output, errors);
    }

    private async Task<JsonElement> VerifyAsync(int expected, params string[] options)
    {
        var (exitCode, output, errors) = await RunAsync(["verify", "--ledger", Ledger, "--data", Data, "--json", .. options]);
        exitCode.Should().Be(expected, "verify said: {0} {1}", output, errors);
        return JsonDocument.Parse(output).RootElement;
    }

    /// <summary>Takes the last line out of an object of the lake; says whose it was.</summary>
    private string SpoilLake()
    {
        var file = Directory.EnumerateFiles(Path.Combine(Data, "lake", "events"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        var lines = new List<string>();
        using (var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8))
        {
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }

        using var writer = new StreamWriter(new GZipStream(File.Create(file), CompressionLevel.Fastest), new UTF8Encoding(false));
        lines.SkipLast(1).ToList().ForEach(line => writer.Write(line + "\n"));
        return JsonDocument.Parse(lines[^1]).RootElement.GetProperty("id").GetString()!;
    }

    private static Task PutAsync(RunningHost host, JsonElement item, Func<string, string> change) =>
        Ask(host, "PutItem", $$$"""{"TableName":"data-events","Item":{{{change(item.GetRawText())}}}}""");

    private static Task<JsonElement> Ask(RunningHost host, string operation, string request) =>
        host.CallAsync($"DynamoDB_20120810.{operation}", "application/x-amz-json-1.0", request);

    private static string Request(string table, string partition, string sort) =>
        $$$"""{"TableName":"{{{table}}}","Key":{"pk":{"S":"{{{partition}}}"},"sk":{"S":"{{{sort}}}"}}}""";

    private static string Sequence(JsonElement item) => item.GetProperty("seq").GetProperty("S").GetString()!;

    private static IEnumerable<string> Named(JsonElement verdict, string trouble) => verdict.GetProperty(trouble + "Named").EnumerateArray().Select(what => what.GetString()!);

    private static IEnumerable<int> Count(JsonElement verdict, params string[] names) => names.Select(name => verdict.GetProperty(name).GetInt32());
}
