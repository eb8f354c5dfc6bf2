using DataToEvents.Commands;
using Spectre.Console;

namespace DataToEvents.Dte.Tests;

/// <summary>
/// Makes the commonest mistakes with each command. Each is answered with one line that says what was wrong, where, and what to do, and no text of the SDK or of .NET is in it.
/// </summary>
public sealed class CommonMistakesTests : IDisposable
{
    private static readonly string[] Foreign = ["RegionEndpoint", "inner exception", "Exception", "System.", "Unrecognized", "expects a single argument", "Required argument", " at DataToEvents", "Cannot parse"];

    /// <summary>They open nothing: a mistake in what names the path is none there.</summary>
    private static readonly string[] WithoutPath = ["dte run", "dte send", "dte preview", "dte families", "dte cost", "dte reference", "dte completion", "dte catalog check", "dte catalog diff", "dte lake tables"];

    /// <summary>Options that many commands share are tried once.</summary>
    private readonly HashSet<string> _tried = [];

    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("dte-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Each_command_answers_its_commonest_mistakes_with_one_line()
    {
        var wrong = new List<string>();
        var mistakes = 0;
        foreach (var page in await HelpPage.AllAsync(HelpAsync))
        {
            foreach (var (arguments, words) in Mistakes(page))
            {
                mistakes++;
                if (await ComplaintAsync(arguments, words) is { } complaint)
                {
                    wrong.Add(complaint);
                }
            }
        }

        string.Join('\n', wrong).Should().BeEmpty();
        mistakes.Should().BeGreaterThan(300);
    }

    /// <summary>Mistakes that are possible with the command, each with words that the answer must have.</summary>
    private IEnumerable<(string[] Arguments, string[] Words)> Mistakes(HelpPage page)
    {
        string[] typed = page.Words;
        if (page.Commands.Length > 0)
        {
            yield return (typed, ["needs a command", "Allowed: "]);
            yield return ([.. typed, "nonsense"], ["'nonsense' is not a command of", "Allowed: "]);
            yield return ([.. typed, Swapped(page.Commands[0])], [$"did you mean {page.Commands[0]}?"]);
        }

        yield return ([.. typed, "--nonsense"], ["'--nonsense' is not an option of", "Allowed: "]);
        yield return ([.. typed, "--hlep"], ["'--hlep' is not an option of", "did you mean --help?"]);
        foreach (var option in page.Options.Where(option => option.Name != "--help" && _tried.Add(option.Line)))
        {
            yield return ([.. typed, Swapped(option.Name), "1"], [$"'{Swapped(option.Name)}' is not an option of", $"did you mean {option.Name}?"]);
            if (page.Commands.Length > 0 || !option.HasValue)
            {
                continue;
            }

            yield return ([.. typed, option.Name], [$"{option.Name} needs a value"]);
            if (option.IsBounded)
            {
                yield return ([.. typed, option.Name, "nonsense"], [$"{option.Name} 'nonsense' is not allowed; allowed: "]);
                yield return ([.. typed, option.Name, ""], [$"{option.Name} '' is not allowed; allowed: "]);
            }

            if (option.IsBounded && option.Form != "(a whole number")
            {
                yield return ([.. typed, option.Name, "-1"], [$"{option.Name} '-1' is not allowed; allowed: "]);
            }
        }

        if (page.Commands.Length > 0)
        {
            yield break;
        }

        foreach (var missing in page.Arguments.Take(1))
        {
            yield return (typed, [$"<{missing}>", "needs <"]);
        }

        if (page.HasOpenArguments)
        {
            yield break;
        }

        string[] complete = [.. typed, .. page.Arguments.Select(static _ => "x")];
        yield return ([.. complete, "onetoomany"], page.Arguments.Length > 0 ? ["Allowed: "] : ["'onetoomany' is one word too many for", "Allowed: "]);
        if (WithoutPath.Contains(page.Command))
        {
            yield break;
        }

        yield return ([.. complete, "--data", Path.Combine(_folder.FullName, "nowhere")], []);
        yield return ([.. complete, "--endpoint-url", "localhost:5080"], []);
        yield return ([.. complete, "--endpoint-url", "http://127.0.0.1:1", "--data", _folder.FullName], []);
    }

    /// <returns>What is wrong with the answer; null: it is as it must be.</returns>
    private async Task<string?> ComplaintAsync(string[] arguments, string[] words)
    {
        _errors.GetStringBuilder().Clear();
        _output.GetStringBuilder().Clear();
        var exitCode = await RunAsync(arguments);
        var answer = _errors.ToString();
        var isGood = exitCode == ExitCode.BadInput && _output.ToString().Length == 0 && answer.StartsWith("dte: ", StringComparison.Ordinal) && answer.TrimEnd('\n').Split('\n').Length == 1
            && words.All(word => answer.Contains(word, StringComparison.Ordinal)) && !Foreign.Any(word => answer.Contains(word, StringComparison.Ordinal));
        return isGood ? null : $"dte {string.Join(' ', arguments)}: {exitCode}, {answer}{_output}".TrimEnd();
    }

    private async Task<string> HelpAsync(string[] words)
    {
        _output.GetStringBuilder().Clear();
        (await RunAsync([.. words, "--help"])).Should().Be(ExitCode.Success);
        return _output.ToString();
    }

    private Task<int> RunAsync(string[] arguments)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(_output) });
        return DteCommandLine.RunAsync(arguments, new Terminal("dte", screen, _output, _errors, TimeProvider.System, new Random(1)));
    }

    /// <summary>The word with its last two letters in the wrong order.</summary>
    private static string Swapped(string word) => word[^1] == word[^2] ? $"{word}{word[^1]}" : $"{word[..^2]}{word[^1]}{word[^2]}";
}
