namespace DataToEvents.Dte.Tests;

/// <summary>The scripts that <c>dte completion</c> prints, in the shells that they are for.</summary>
public sealed class CompletionTests
{
    private static readonly Dictionary<string, string> WithDte = new()
    {
        ["PATH"] = $"{Path.GetDirectoryName(DteProcess.Built("Dte", "dte"))}:{Environment.GetEnvironmentVariable("PATH")}",
    };

    [Theory]
    [InlineData("dte s", "send status")]
    [InlineData("dte dead-letters re", "redrive")]
    [InlineData("dte run --no", "--no-feed")]
    [InlineData("dte completion ", "bash zsh")]
    public async Task Bash_completes(string typed, string words)
    {
        const string Complete = """
            eval "$(dte completion bash)"
            COMP_LINE=$1 COMP_POINT=${#1}
            read -ra COMP_WORDS <<<"$1"
            case $1 in *' ') COMP_WORDS+=('') ;; esac
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _dte
            printf '%s\n' "${COMPREPLY[@]}"
            """;

        var (exitCode, output, errors) = await DteProcess.RunAsync("bash", ["-euc", Complete, "bash", typed], environment: WithDte);

        exitCode.Should().Be(0, errors);
        var begun = typed[(typed.LastIndexOf(' ') + 1)..];
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Contain(words.Split(' ')).And.OnlyContain(word => word.StartsWith(begun, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Zsh_is_given_what_it_completes_with()
    {
        var (exitCode, script, _) = await DteProcess.RunAsync(DteProcess.Built("Dte", "dte"), ["completion", "zsh"]);
        exitCode.Should().Be(0);
        script.Should().Contain("compdef _dte dte");

        // The call that the script makes, with the cursor behind what was typed.
        var (_, words, _) = await DteProcess.RunAsync(DteProcess.Built("Dte", "dte"), ["[suggest:5]", "dte s"]);
        words.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().Contain(["send", "status"]);
    }

    [Fact]
    public async Task A_shell_without_a_script_is_refused()
    {
        var (exitCode, _, errors) = await DteProcess.RunAsync(DteProcess.Built("Dte", "dte"), ["completion", "fish"]);

        exitCode.Should().Be(2);
        errors.Should().Contain("fish").And.Contain("bash").And.Contain("zsh");
    }
}
