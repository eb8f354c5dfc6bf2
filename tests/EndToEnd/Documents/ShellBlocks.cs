namespace DataToEvents.EndToEnd.Tests.Documents;

/// <summary>Reads the commands in the documents.</summary>
internal static partial class ShellBlocks
{
    /// <summary>Documents with commands for a shell, seen from the repository. docs/operations.md shows screens; tests/Recovery runs those.</summary>
    public static IReadOnlyList<string> Documents { get; } = [.. new[] { "README.md", "CONTRIBUTING.md", "examples/README.md", "terraform/README.md", "standins/README.md", "tools/Dte/README.md" }
        .Concat(Directory.EnumerateFiles(Path.Combine(BuiltTools.Root, "docs"), "*.md", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(BuiltTools.Root, file)))];

    /// <summary>Each command on one line, without the comment behind it.</summary>
    public static IReadOnlyList<string> Of(string document)
    {
        return [.. Blocks(document).Where(block => block.Groups["language"].Value is "sh" or "bash" or "shell").SelectMany(block => Continued().Replace(block.Groups["commands"].Value, " ").Split('\n'))
            .Select(line => Remark().Replace(line, "").Trim())
            .Where(line => line.Length > 0 && line[0] != '#')];
    }

    /// <summary>Lines that look like commands, in blocks that are not marked as shell blocks.</summary>
    public static IReadOnlyList<string> Hidden(string document) => [.. Blocks(document).Where(block => block.Groups["language"].Value == "")
        .SelectMany(block => block.Groups["commands"].Value.Split('\n')).Where(line => Tool().IsMatch(line))];

    private static MatchCollection Blocks(string document) => Block().Matches(File.ReadAllText(Path.Combine(BuiltTools.Root, document)));

    [GeneratedRegex(@"^\$? ?(make|aws|dotnet|curl|npm|terraform|dte|generator|operator) [^ ]")]
    private static partial Regex Tool();

    [GeneratedRegex(@"^```(?<language>[a-z]*)\n(?<commands>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"\\\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"\s+# .*$")]
    private static partial Regex Remark();
}
