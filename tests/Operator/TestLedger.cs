using System.Text.Json;
using DataToEvents.Domain.Catalog;
using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Ledger;
using DataToEvents.Generator.Loads;
using DataToEvents.Generator.Sending;
using Spectre.Console;
using GeneratorTerminal = DataToEvents.Generator.Commands.Terminal;

namespace DataToEvents.Operator.Tests;

/// <summary>The ledger of what a path acknowledged, as the generator writes it, and the generator's verdict on what became of that.</summary>
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

    /// <summary>Runs <c>generator verify</c> over the directory, or the host that runs there.</summary>
    public async Task<(int ExitCode, JsonElement Verdict)> VerifyAsync(DirectoryInfo data)
    {
        var file = Path.Combine(data.FullName, "test.ledger");
        await File.WriteAllBytesAsync(file, _written.ToArray());
        using var output = new MemoryStream();
        using var errors = new StringWriter();
        var exitCode = await CommandLine.RunAsync(
            ["verify", "--ledger", file, "--data", data.FullName, "--json", "--wait", "0s"],
            new GeneratorTerminal(AnsiConsole.Console, output, errors, TimeProvider.System, Random.Shared),
            _ => throw new InvalidOperationException("verify sends nothing."));
        exitCode.Should().BeLessThan(2, "verify said: {0}", errors);
        return (exitCode, JsonDocument.Parse(output.ToArray()).RootElement);
    }

    public void Dispose() => _writer.Dispose();
}
