namespace DataToEvents.Recovery.Tests;

/// <summary>With a wrong --data, each command says so in one line and does not change the folder.</summary>
public sealed class NoDataDirectoryTests : IDisposable
{
    private static readonly string[] LookAtNoPath = ["lake tables"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("operator-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("status")]
    [InlineData("dead-letters", "list", "queue")]
    [InlineData("dead-letters", "show", "queue", "1")]
    [InlineData("dead-letters", "edit", "queue", "1", "--body", "catalog.json", "--yes")]
    [InlineData("dead-letters", "redrive", "rule", "--yes")]
    [InlineData("dead-letters", "drop", "queue", "--all", "--yes")]
    [InlineData("failed", "list")]
    [InlineData("failed", "show", "00000000")]
    [InlineData("failed", "reingest", "--yes")]
    [InlineData("on-failure", "list")]
    [InlineData("on-failure", "recover", "--yes")]
    [InlineData("quarantine", "list")]
    [InlineData("quarantine", "show", "00000000")]
    [InlineData("quarantine", "release", "--all", "--yes")]
    [InlineData("quarantine", "drop", "--all", "--yes")]
    [InlineData("probe", "bus", "--yes")]
    [InlineData("pause", "storer", "--yes")]
    [InlineData("resume", "storer", "--yes")]
    [InlineData("release", "status")]
    [InlineData("release", "start", "--yes")]
    [InlineData("release", "back", "--yes")]
    [InlineData("lake", "query", "select 1")]
    [InlineData("doctor")]
    [InlineData("replay", "--from", "2h", "--dry-run")]
    [InlineData("events", "get", "e-1")]
    [InlineData("events", "list", "--stream", "s")]
    [InlineData("events", "tail")]
    [InlineData("capture", "--from", "2h")]
    [InlineData("verify", "--ledger", "catalog.json")]
    public async Task A_folder_that_no_host_was_started_over_is_one_line_exit_code_2_and_stays_empty(params string[] command)
    {
        var answer = await OperatorShell.RunAsync([.. command, "--data", _folder.FullName]);

        answer.ExitCode.Should().Be(2, "{0}{1}", answer.Output, answer.Errors);
        answer.Errors.TrimEnd().Should().StartWith($"operator: {_folder.FullName} is not a data directory: it has no datatoevents.db. Name the directory ").And.NotContain("\n");
        answer.Output.Should().BeEmpty();
        _folder.EnumerateFileSystemInfos().Should().BeEmpty();
    }

    [Fact]
    public async Task No_command_is_left_out_of_the_list_above()
    {
        var listed = typeof(NoDataDirectoryTests).GetMethod(nameof(A_folder_that_no_host_was_started_over_is_one_line_exit_code_2_and_stays_empty))!
            .GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => string.Join(' ', ((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).Select(word => word.Value)))
            .ToList();

        foreach (var command in (await CommandsAsync([])).Except(LookAtNoPath))
        {
            listed.Should().Contain(line => line == command || line.StartsWith($"{command} ", StringComparison.Ordinal));
        }
    }

    /// <summary>The commands without subcommands, read from the help text.</summary>
    private static async Task<List<string>> CommandsAsync(string[] above)
    {
        var help = (await OperatorShell.RunAsync([.. above, "--help"])).Output.Split('\n');
        var names = help.SkipWhile(line => line != "Commands:").Skip(1).TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Where(line => line[2] != ' ').Select(line => line.Trim().Split(' ')[0]).ToList();
        if (names.Count == 0)
        {
            return [string.Join(' ', above)];
        }

        var commands = new List<string>();
        foreach (var name in names)
        {
            commands.AddRange(await CommandsAsync([.. above, name]));
        }

        return commands;
    }
}
