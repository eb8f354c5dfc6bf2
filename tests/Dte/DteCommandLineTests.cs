using DataToEvents.Commands;
using Spectre.Console;

namespace DataToEvents.Dte.Tests;

/// <summary><c>dte</c> has the commands of the three tools, and each means the same there.</summary>
public sealed class DteCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dte-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Generator", "generator")]
    [InlineData("Operator", "operator")]
    public async Task It_has_each_command_of_the_tool(string project, string executable)
    {
        var (_, help, _) = await DteProcess.RunAsync(DteProcess.Built(project, executable), ["--help"]);

        (await RunAsync("--help")).Should().Be(ExitCode.Success);

        Commands(_output.ToString()).Should().Contain(Commands(help)).And.Contain(["run", "completion"]);
        Commands(help).Should().NotBeEmpty();
    }

    [Theory]
    [InlineData("Generator", "generator", "send")]
    [InlineData("Operator", "operator", "status")]
    [InlineData("Operator", "operator", "dead-letters redrive")]
    [InlineData("Operator", "operator", "verify")]
    public async Task A_command_has_the_same_options_as_in_the_tool(string project, string executable, string command)
    {
        string[] typed = [.. command.Split(' '), "--help"];
        var (_, help, _) = await DteProcess.RunAsync(DteProcess.Built(project, executable), typed);

        await RunAsync(typed);

        Options(_output.ToString()).Should().BeEquivalentTo(Options(help)).And.NotBeEmpty();
    }

    [Theory]
    [InlineData("--endpoint-url")]
    [InlineData("--region")]
    [InlineData("--queue")]
    [InlineData("--delivery-stream")]
    public async Task What_says_where_the_path_is_has_one_name_in_all_tools(string option)
    {
        var (_, generator, _) = await DteProcess.RunAsync(DteProcess.Built("Generator", "generator"), ["send", "--help"]);
        var (_, ofOperator, _) = await DteProcess.RunAsync(DteProcess.Built("Operator", "operator"), ["status", "--help"]);

        Options(generator).Should().Contain(option);
        Options(ofOperator).Should().Contain(option);
    }

    [Fact]
    public async Task Run_has_the_options_of_the_local_host()
    {
        var (_, help, _) = await DteProcess.RunAsync(DteProcess.Built("Local", "local"), ["--help"]);

        await RunAsync("run", "--help");

        Options(_output.ToString()).Should().BeEquivalentTo(Options(help).Where(option => option != "--version")).And.Contain("--no-feed");
    }

    [Fact]
    public async Task Times_and_sizes_are_written_with_their_unit_in_every_command()
    {
        var bare = (await AllOptionsAsync()).Where(option => option.Option.Form.StartsWith("(a whole number", StringComparison.Ordinal) && !option.Option.Form.Contains("KB", StringComparison.Ordinal)).ToList();

        bare.Should().NotBeEmpty();
        bare.Where(option => Regex.IsMatch(option.Option.Line, @"(?i)\b(seconds|minutes|hours)\b|\bbytes (of|that)|many bytes")).Select(option => $"{option.Command}: {option.Option.Line}").Should().BeEmpty();
    }

    [Fact]
    public async Task An_option_takes_the_same_form_in_every_command()
    {
        // A version to go back to is no time, a bill needs a rate that is a number, only a run reads its input from a pipe, and send writes the file that verify reads.
        string[] apart = ["dte release back --to", "dte cost --rate", "dte run --input", "dte send --ledger"];

        var forms = (await AllOptionsAsync()).Where(option => !apart.Contains($"{option.Command} {option.Option.Name}"))
            .Where(option => option.Option.Form is "" or ['(', 'a', ' ', ..]).GroupBy(option => option.Option.Name, option => option.Option.Form);

        string.Join('\n', forms.Where(form => form.Distinct().Count() > 1).Select(form => $"{form.Key}: {string.Join(" | ", form.Distinct())}")).Should().BeEmpty();
    }

    [Fact]
    public async Task Options_of_the_operator_stand_behind_its_command()
    {
        (await RunAsync("status", "--data", Path.Combine(_folder.FullName, "nowhere"))).Should().Be(ExitCode.BadInput);

        _errors.ToString().Should().StartWith("dte: --data '").And.Contain("does not exist");
    }

    [Fact]
    public async Task A_command_that_is_none_is_refused_with_those_that_there_are()
    {
        (await RunAsync("sned")).Should().Be(ExitCode.BadInput);

        _errors.ToString().Should().StartWith("dte: ").And.Contain("'sned'").And.Contain("run, send").And.Contain("completion");
    }

    private Task<int> RunAsync(params string[] arguments)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_output) });
        return DteCommandLine.RunAsync(arguments, new Terminal("dte", screen, _output, _errors, TimeProvider.System, new Random(1)));
    }

    /// <summary>Each option of each command, with its line of help.</summary>
    private async Task<List<(string Command, HelpOption Option)>> AllOptionsAsync() =>
        [.. (await HelpPage.AllAsync(HelpAsync)).SelectMany(page => page.Options.Select(option => (page.Command, option)))];

    private async Task<string> HelpAsync(string[] words)
    {
        _output.GetStringBuilder().Clear();
        (await RunAsync([.. words, "--help"])).Should().Be(ExitCode.Success);
        return _output.ToString();
    }

    /// <summary>The first words of the lines below "Commands:".</summary>
    private static string[] Commands(string help) =>
        [.. help.Split('\n').SkipWhile(line => !line.StartsWith("Commands:", StringComparison.Ordinal)).Skip(1)
            .Where(line => line.Length > 2 && line.StartsWith("  ", StringComparison.Ordinal) && line[2] != ' ').Select(line => line.Trim().Split(' ')[0])];

    private static string[] Options(string help) =>
        [.. help.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith('-')).Select(line => line.Split(' ').First(word => word.StartsWith("--", StringComparison.Ordinal)).TrimEnd(',')).Distinct()];
}
