using System.IO.Compression;

namespace DataToEvents.EndToEnd.Tests;

public sealed class FramingCasesTests : IDisposable
{
    private static readonly string[] Whole = ["c05-envelope-with-binary.bin", "c07-log-entry-with-trace.txt", "c20-nan.txt", "c21-duplicate-parent.txt"];
    private static readonly string[] Packed = ["c17-ce-batch.json", "c19-concatenated.txt"];

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task A_record_is_several_events_only_if_all_of_it_is_JSON_documents(string mode)
    {
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>());
        await host.PutAsync([.. Whole.Concat(Packed).Select(Cases.Bytes)]);
        await host.AwaitDeliveredAsync(Whole.Length + (2 * Packed.Length));
        var summary = await host.EndAsync();

        var lake = Cases.Lake(_folder);
        lake.Where(item => item.Of("type") == "data.unclassified").Select(item => Convert.ToBase64String(item.Payload()))
            .Should().BeEquivalentTo(Whole.Select(name => Convert.ToBase64String(Cases.Bytes(name))));
        lake.Where(item => item.Of("type") == "order").Select(item => (item.Of("subject"), item.Of("id"))).Should().Equal(("order-20", "c1"), ("order-20", "c2"));
        lake.Where(item => item.Of("type") == "t").Select(item => (item.Of("source"), item.Of("subject"), item.Of("id"))).Should().Equal(("/s", "sb", "b1"), ("/s", "sb", "b2"));
        summary.Doubts().Should().Be((4, 3, 0, 0));
        host.Said.Should().ContainSingle(said => said.Contains("not JSON: 3", StringComparison.Ordinal)).And.NotContain(said => said.Contains("boom", StringComparison.Ordinal));
        host.Said.Should().ContainSingle(said => said.Contains("operator catalog check", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task A_byte_order_mark_in_front_is_skipped(string mode)
    {
        var summary = await Cases.RunAsync(_folder, mode, Cases.PathOf("c13-bom.ndjson"));

        Cases.Lake(_folder).Select(item => (item.Of("type"), item.Of("subject"), item.Of("id")))
            .Should().BeEquivalentTo([("order", "order-0", "f0"), ("order", "order-1", "f1"), ("order", "order-2", "f2")]);
        summary.Doubts().Should().Be((0, 0, 0, 0));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task What_says_it_is_a_CloudEvent_and_breaks_the_rules_is_carried_and_counted(string mode)
    {
        var input = Cases.PathOf("c18-ce-attribute-names.ndjson");

        var summary = await Cases.RunAsync(_folder, mode, input);

        Cases.Lake(_folder).Select(item => Encoding.UTF8.GetString(item.Payload())).Should().BeEquivalentTo(await File.ReadAllLinesAsync(input));
        summary.Doubts().Should().Be((2, 0, 0, 2));
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task Packed_records_are_unpacked_where_the_catalog_says_so_and_a_bomb_fails_alone(string mode)
    {
        var catalog = _folder.Write("logs.catalog.json",
            """
            {"source":"urn:logs","unpack":["gzip","zstd"],"events":[
              {"type":"control","match":[{"pointer":"/messageType","equals":"CONTROL_MESSAGE"}],"drop":true},
              {"type":"log","match":[{"pointer":"/messageType","equals":"DATA_MESSAGE"}],"each":"/logEvents","stream":"{parent:/logGroup}:{parent:/logStream}","id":"/id","time":"/timestamp"}]}
            """);
        byte[] zstd = Convert.FromBase64String(Zstd);
        using var host = await RunningHost.ObserveAsync(_folder.Data, mode, new Dictionary<string, string>(), "--catalog", catalog);
        await host.PutAsync([Gzip(Encoding.UTF8.GetBytes(Logs)), Gzip("{\"messageType\":\"CONTROL_MESSAGE\"}"u8.ToArray()), Gzip(new byte[17 * 1024 * 1024]), zstd]);
        await host.AwaitDeliveredAsync(3);
        var summary = await host.EndAsync();

        var lake = Cases.Lake(_folder);
        lake.Where(item => item.Of("type") == "log").Select(item => (item.Of("subject"), item.Of("id"), item.Of("time"), Encoding.UTF8.GetString(item.Payload()))).Should().Equal(
            ("g:s", "1", "2026-01-01T00:00:00.123Z", """{"id":"1","timestamp":1767225600123,"message":"one"}"""),
            ("g:s", "2", "2026-01-01T00:00:00.124Z", """{"id":"2","timestamp":1767225600124,"message":"two"}"""));
        lake.Single(item => item.Of("type") == "data.unclassified").GetProperty("data").GetRawText().Should().Be("{\"a\":1}");
        summary.GetProperty("failed").GetProperty("processing_failed").GetInt32().Should().Be(1);
        host.Said.Should().ContainSingle(said => said.Contains("it holds more than 16777216 bytes when it is unpacked (gzip)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_NDJSON_at_all_is_one_line_and_exit_code_2()
    {
        var utf16 = _folder.PathOf("utf16.ndjson");
        await File.WriteAllTextAsync(utf16, TestOrders.Order(1) + "\n", Encoding.Unicode);
        var text = _folder.Write("text.log", "one\ntwo\n");

        foreach (var (file, reason) in new[] { (utf16, "iconv"), (text, "no line of its first 2 is JSON") })
        {
            var (exitCode, _, errors) = await RunningHost.RunAsync("--input", file, "--data", _folder.Data, "--port", "0");
            exitCode.Should().Be(2);
            errors.TrimEnd().Should().Contain($"{file} is not NDJSON").And.Contain(reason).And.NotContain("\n");
            (await ToolProcess.RunAsync(BuiltTools.Generator, "send", "--input", file, "--endpoint-url", "http://127.0.0.1:9")).ExitCode.Should().Be(2);
        }
    }

    [Fact]
    public async Task A_pipe_that_is_named_as_a_file_is_refused_and_not_read_as_empty()
    {
        var (exitCode, errors) = await RunningHost.PipeAsync(Encoding.UTF8.GetBytes(TestOrders.Order(1) + "\n"), "--input", "/dev/stdin", "--data", _folder.Data, "--port", "0");

        exitCode.Should().Be(2);
        errors.TrimEnd().Should().Contain("/dev/stdin is a pipe").And.Contain("write it to a file first").And.NotContain("\n");
    }

    private const string Logs =
        """{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"g","logStream":"s","subscriptionFilters":["f"],"logEvents":[{"id":"1","timestamp":1767225600123,"message":"one"},{"id":"2","timestamp":1767225600124,"message":"two"}]}""";

    /// <summary><c>{"a":1}</c>, as the program zstd packs it: a frame of one raw block.</summary>
    private const string Zstd = "KLUv/SAHOQAAeyJhIjoxfQ==";

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
        {
            stream.Write(content);
        }

        return packed.ToArray();
    }
}
