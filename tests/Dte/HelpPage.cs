namespace DataToEvents.Dte.Tests;

/// <summary>What a command's help says.</summary>
/// <param name="Command">The command as it is typed.</param>
/// <param name="Text">The whole help.</param>
internal sealed record HelpPage(string Command, string Text)
{
    /// <summary>The words behind the tool's name.</summary>
    public string[] Words => Command.Split(' ')[1..];

    /// <summary>Commands below this one.</summary>
    public string[] Commands => [.. Section("Commands:").Select(static line => line.Trim().Split(' ')[0])];

    public IReadOnlyList<HelpOption> Options => [.. Section("Options:").Where(static line => line.TrimStart().StartsWith('-')).Select(HelpOption.Of)];

    /// <summary>Arguments that must be given.</summary>
    public string[] Arguments => [.. Regex.Matches(Text.Split('\n').Single(static line => line.StartsWith("  dte", StringComparison.Ordinal) || line.StartsWith("  testhost", StringComparison.Ordinal)), @"(?<!\[)<([^>]+)>").Select(static match => match.Groups[1].Value)];

    /// <summary>Whether it takes any number of words.</summary>
    public bool HasOpenArguments => Text.Contains(">...", StringComparison.Ordinal);

    /// <summary>The pages of all commands of the tool.</summary>
    /// <param name="help">Prints the help of the command with those words behind the tool's name.</param>
    public static async Task<List<HelpPage>> AllAsync(Func<string[], Task<string>> help)
    {
        var pages = new List<HelpPage> { new("dte", await help([])) };
        for (var next = 0; next < pages.Count; next++)
        {
            foreach (var command in pages[next].Commands)
            {
                pages.Add(new HelpPage($"{pages[next].Command} {command}", await help([.. pages[next].Words, command])));
            }
        }

        return pages;
    }

    private IEnumerable<string> Section(string title) => Text.Split('\n').SkipWhile(line => line != title).Skip(1).TakeWhile(static line => line.StartsWith("  ", StringComparison.Ordinal))
        .Where(static line => line.Length > 2 && line[2] != ' ');
}

/// <param name="Name">With its dashes.</param>
/// <param name="Line">The option's line of the help.</param>
internal sealed record HelpOption(string Name, string Line)
{
    public bool HasValue => Line.Contains($"{Name} <", StringComparison.Ordinal);

    /// <summary>Whether the help says what its value may be.</summary>
    public bool IsBounded => HasValue && Form.Length > 0;

    /// <summary>What its value looks like, whatever its bounds are; empty if it may be any text.</summary>
    public string Form => Regex.Match(Line, @"\((a number|a whole number|a time|a file|an IP|an absolute|[a-z]+ or )[^);]*") is { Success: true, Value: var form }
        ? Regex.Replace(form, @"-?\b[0-9]+\b", "N")
        : "";

    public static HelpOption Of(string line) => new(line.Trim().Split(' ').First(static word => word.StartsWith("--", StringComparison.Ordinal)).TrimEnd(','), line.TrimEnd());
}
