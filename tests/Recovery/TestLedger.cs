using DataToEvents.Domain.Catalog;
using DataToEvents.Load;
using DataToEvents.Load.Ledger;

namespace DataToEvents.Recovery.Tests;

/// <summary>The ledger of what a path acknowledged, as the generator writes it, and the operator's verdict on what became of that.</summary>
internal sealed class TestLedger : IDisposable
{
    private readonly MemoryStream _written = new();
    private readonly LedgerWriter _writer;
    private readonly Expectations _expectations = new(EventCatalog.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "catalog.json"))));
    private long _records;

    public TestLedger() => _writer = new LedgerWriter(_written, new LedgerHead { Target = "firehose", Name = "test", Started = TimeProvider.System.GetUtcNow() });

    public void Accepted(byte[] record)
    {
        var now = TimeProvider.System.GetUtcNow();
        _writer.Accepted(new Outgoing(new LoadRecord(_records++, record), _expectations.Of(record, now)) { SentAt = now });
    }

    /// <summary>Runs <c>operator verify</c> over the directory, or the host that runs there.</summary>
    public async Task<(int ExitCode, JsonElement Verdict)> VerifyAsync(DirectoryInfo data)
    {
        var answer = await OperatorShell.RunAsync("verify", "--ledger", await SaveAsync(data), "--data", data.FullName, "--json", "--wait", "0s");
        answer.ExitCode.Should().BeLessThan(2, "verify said: {0}", answer.Errors);
        return (answer.ExitCode, answer.Json);
    }

    /// <returns>The file.</returns>
    public async Task<string> SaveAsync(DirectoryInfo folder)
    {
        var file = Path.Combine(folder.FullName, "test.ledger");
        await File.WriteAllBytesAsync(file, _written.ToArray());
        return file;
    }

    public void Dispose() => _writer.Dispose();
}
