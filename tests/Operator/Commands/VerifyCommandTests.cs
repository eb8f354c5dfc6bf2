using DataToEvents.Commands;
using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;
using Spectre.Console;

namespace DataToEvents.Operator.Tests.Commands;

public sealed class VerifyCommandTests
{
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("verify --data .", "--ledger", "required")]
    [InlineData("verify --ledger catalog.json --data . --endpoint-url http://127.0.0.1:9", "two places", "one of them")]
    [InlineData("verify --ledger catalog.json --data . --wait soon", "--wait 'soon'", "s, m, h or d")]
    [InlineData("verify --ledger nowhere --data .", "'nowhere'", "a file that exists")]
    [InlineData("verify --ledger catalog.json --data nowhere", "nowhere", "does not exist")]
    public async Task Bad_input_is_one_line_that_says_what_is_wrong_and_what_is_allowed(string line, string wrong, string allowed)
    {
        var code = await RunAsync(line);

        code.Should().Be(2);
        _error.ToString().TrimEnd().Should().StartWith("operator: ").And.Contain(wrong).And.Contain(allowed).And.NotContain("\n");
    }

    [Fact]
    public async Task Verify_on_a_folder_that_no_host_was_started_over_is_one_line_exit_code_2_and_creates_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("generator-");
        var ledger = Path.Combine(folder.FullName, "run.ledger");
        await File.WriteAllTextAsync(ledger, """{"ledger":"datatoevents/1","target":"firehose","name":"s","started":"2026-11-28T10:00:00Z"}""");

        var code = await RunAsync($"verify --ledger {ledger} --data {folder.FullName} --wait 0s");

        code.Should().Be(2);
        _error.ToString().TrimEnd().Should().Contain($"{folder.FullName} is not a data directory: it has no datatoevents.db. Name the directory ").And.NotContain("\n");
        folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Should().Equal("run.ledger");
        folder.Delete(recursive: true);
    }

    private Task<int> RunAsync(string line)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Interactive = InteractionSupport.No, Out = new AnsiConsoleOutput(TextWriter.Null) });
        var terminal = new Terminal("operator", screen, TextWriter.Null, _error, TimeProvider.System, new Random(1));
        return OperatorCommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), terminal, runner => [VerifyCommand.Create(runner)]);
    }
}
