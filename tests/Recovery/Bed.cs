using DataToEvents.Domain;

namespace DataToEvents.Recovery.Tests;

/// <summary>A data directory, the path that runs on it, and the operator.</summary>
public abstract class Bed : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operator-");

    private static readonly string[] Omissions = ["lost", "setAside"];
    private static readonly string[] OtherTroubles = ["doubled", "outOfOrder", "altered"];

    private readonly TestLedger _ledger = new();

    internal RunningPath Path { get; private set; } = null!;

    internal DirectoryInfo Data => _folder;

    /// <summary>Whether the audit queue gets a copy of every event.</summary>
    private protected virtual bool IsAudited => false;

    public virtual async Task InitializeAsync() => Path = await RunningPath.StartAsync(_folder, _ledger.Accepted, audit: IsAudited);

    public virtual async Task DisposeAsync()
    {
        await Path.DisposeAsync();
        _ledger.Dispose();
        _folder.Delete(recursive: true);
    }

    internal async Task RestartAsync(bool handleReplays = false)
    {
        await Path.DisposeAsync();
        Path = await RunningPath.StartAsync(_folder, _ledger.Accepted, handleReplays);
    }

    internal async Task OpenAgainAsync() => Path = await RunningPath.StartAsync(_folder, _ledger.Accepted);

    /// <summary>By the data directory, whose <c>host.json</c> names the host.</summary>
    internal Task<CommandResult> OperatorAsync(params string[] arguments) => OperatorShell.RunAsync([.. arguments, "--data", _folder.FullName]);

    internal Task<CommandResult> OperatorAsync(TimeProvider time, params string[] arguments) => OperatorShell.RunAsync(time, [.. arguments, "--data", _folder.FullName]);

    /// <summary>As before any other endpoint.</summary>
    internal Task<CommandResult> OperatorAtUrlAsync(params string[] arguments) => OperatorShell.RunAsync([.. arguments, "--endpoint-url", Path.Url]);

    internal static string Order(int number, int stream = 1, string extra = "") => $$"""{"kind":"order","orderId":"{{stream}}","eventId":"e-{{number}}","n":1.0,"who":"José"{{extra}}}""";

    /// <summary>Checks that each record reached the consumer with one effect, in the order of its stream, byte for byte.</summary>
    internal void ShouldHaveDelivered(params string[] records)
    {
        var effective = Path.Delivered.DistinctBy(item => (item.Stream, item.Key)).ToList();
        effective.Select(item => Encoding.UTF8.GetString(item.Payload()!)).Should().BeEquivalentTo(records);
        foreach (var stream in effective.GroupBy(item => item.Stream))
        {
            stream.Select(item => item.StreamSequence).Should().OnlyHaveUniqueItems();
        }
    }

    /// <summary>Checks that verify finds every acknowledged record with one effect, in order and byte for byte, and nothing set aside.</summary>
    internal Task ShouldVerifyAsync() => ShouldVerifyButAsync();

    /// <summary>Like <see cref="ShouldVerifyAsync"/>, but expects lost or set-aside events: exactly the findings with these words.</summary>
    internal async Task ShouldVerifyButAsync(params string[] words)
    {
        var (exitCode, verdict) = await _ledger.VerifyAsync(_folder);

        var findings = Omissions.SelectMany(kind => verdict.GetProperty(kind + "Named").EnumerateArray()).Select(finding => finding.GetString()!).ToList();
        findings.Should().HaveCount(words.Length, "verify says {0}", verdict);
        Array.ForEach(words, word => findings.Should().Contain(finding => finding.Contains(word), "verify names it: {0}", verdict));
        OtherTroubles.Sum(kind => verdict.GetProperty(kind).GetInt64()).Should().Be(0, "verify says {0}", verdict);
        exitCode.Should().Be(words.Length == 0 ? 0 : 1, "verify says {0}", verdict);
    }

    internal async Task ShouldHoldAsync(long events) => (await Path.View.SummaryAsync(default)).Events.Should().Be(events);

    internal async Task<List<string>> KeysAsync(string prefix) => [.. await Path.Services.Bucket.ListAsync(prefix)];

    internal async Task<List<DataEvent>> LakeAsync()
    {
        var lines = new List<DataEvent>();
        foreach (var key in await Path.Services.Bucket.ListAsync("lake/events/"))
        {
            using var content = new StreamReader(new System.IO.Compression.GZipStream(
                new MemoryStream((await Path.Services.Bucket.GetAsync(key))!), System.IO.Compression.CompressionMode.Decompress));
            while (await content.ReadLineAsync() is { } line)
            {
                lines.Add(DataEvent.Parse(Encoding.UTF8.GetBytes(line)));
            }
        }

        return lines;
    }
}
