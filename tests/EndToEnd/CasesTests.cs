using DataToEvents.Common;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>Records that other systems split wrongly, joined wrongly or changed. Each is made after a public report.</summary>
public sealed class CasesTests : IDisposable
{
    private const string OwnExtensions = """
        {"specversion":"1.0","id":"1","source":"/s","type":"t","subject":"a","acceptedtime":"1999-01-01T00:00:00Z","streamsequence":"99999","replay":"mine","dataref":"urn:mine","partitionkey":"p","data":1}
        """;

    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task The_same_id_of_two_sources_is_two_events_for_all(string mode)
    {
        var published = await PublishedAsync(mode, Case("c01-ce-two-sources-same-data.ndjson"), expected: (Accepted: 2, Stored: 2, Duplicates: 0, Conflicts: 0));

        published.Select(detail => detail.GetProperty("source").GetString()).Should().BeEquivalentTo("/billing", "/shipping");
    }

    [Theory]
    [InlineData("inprocess")]
    [InlineData(RunningHost.Processes)]
    public async Task An_event_without_a_subject_that_is_sent_again_with_another_trace_is_one_event_and_gets_no_subject(string mode)
    {
        var published = await PublishedAsync(mode, Case("c04-ce-no-subject-sent-again.ndjson"), expected: (Accepted: 2, Stored: 1, Duplicates: 1, Conflicts: 0));

        published.Should().ContainSingle().Which.TryGetProperty("subject", out _).Should().BeFalse();
    }

    [Fact]
    public void Each_case_has_a_test()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(BuiltTools.Root, "tests", "EndToEnd"), "*CasesTests.cs").Select(File.ReadAllText));

        Directory.EnumerateFiles(Path.GetDirectoryName(Cases.PathOf("x"))!).Select(Path.GetFileName).Should().HaveCountGreaterThan(14).And.OnlyContain(name => tests.Contains($"\"{name}\""));
    }

    [Fact]
    public async Task A_producers_extensions_arrive_whatever_they_are_called()
    {
        var detail = (await PublishedAsync("inprocess", OwnExtensions, expected: (Accepted: 1, Stored: 1, Duplicates: 0, Conflicts: 0))).Single();

        foreach (var (name, value) in new[] { ("acceptedtime", "1999-01-01T00:00:00Z"), ("streamsequence", "99999"), ("replay", "mine"), ("dataref", "urn:mine"), ("partitionkey", "p") })
        {
            detail.GetProperty(name).GetString().Should().Be(value);
        }
    }

    [Theory]
    [InlineData("\"volatile\": [\"/pending_webhooks\"]", 1, 0)]
    [InlineData("\"conflict\": \"first\"", 1, 0)]
    [InlineData("\"conflict\": \"quarantine\"", 0, 1)]
    public async Task What_the_catalog_calls_volatile_makes_no_conflict(string member, int duplicates, int conflicts)
    {
        var catalog = _folder.Write("catalog.json", $$"""{"source":"urn:pay","events":[{"type":"charge","match":[{"pointer":"/charge"}],"stream":"/charge","id":"/id",{{member}}}]}""");
        const string Retry = """
            {"id":"evt_1","charge":"c1","pending_webhooks":1}
            {"id":"evt_1","charge":"c1","pending_webhooks":2}
            """;

        var published = await PublishedAsync("inprocess", Retry, (Accepted: 2, Stored: 1, duplicates, conflicts), "--catalog", catalog);

        published.Single().GetProperty("source").GetString().Should().Be("urn:pay/charge");
        published.Single().GetProperty("data").GetProperty("pending_webhooks").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task Text_in_another_code_on_standard_input_is_one_line_and_exit_code_2()
    {
        foreach (var head in new byte[][] { [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\":1}\n")], Encoding.BigEndianUnicode.GetBytes("{\"a\":1}\n"), [0x1F, 0x8B, 8, 0] })
        {
            var (exitCode, errors) = await RunningHost.PipeAsync(head, "--input", "-", "--data", _folder.Data, "--port", "0");

            exitCode.Should().Be(2);
            errors.TrimEnd().Should().StartWith("--input: standard input is not NDJSON").And.NotContain("\n");
        }

        (await RunningHost.PipeAsync(Encoding.UTF8.GetBytes(TestOrders.Order(1) + "\n"), "--input", "-", "--data", _folder.Data, "--port", "0")).ExitCode.Should().Be(0);
    }

    private static string Case(string name) => Encoding.UTF8.GetString(Cases.Bytes(name));

    private async Task<List<JsonElement>> PublishedAsync(string mode, string records, (int Accepted, int Stored, int Duplicates, int Conflicts) expected, params string[] arguments)
    {
        var summary = await RunningHost.SummaryAsync(["--input", _folder.Write("records.ndjson", records), "--data", _folder.Data, "--functions", mode, .. arguments]);

        int Number(string name) => summary.GetProperty(name).GetInt32();
        (Number("accepted"), Number("stored"), Number("duplicates"), Number("conflicts")).Should().Be(expected);
        (Number("published"), Number("delivered")).Should().Be((expected.Stored, expected.Stored));
        var published = new List<JsonElement>();
        await using var directory = await DataDirectory.OpenAsync(new DirectoryInfo(_folder.Data), audit: false);
        await directory.Bus.Archive.FindAsync(DateTimeOffset.UnixEpoch, detail =>
        {
            published.Add(JsonDocument.Parse(detail).RootElement);
            return false;
        });
        return published;
    }
}
