namespace DataToEvents.Recovery.Tests;

/// <summary>The console blocks of <c>docs/operations.md</c>. Each has a command and its output.</summary>
internal sealed partial class OperationsDocument
{
    private readonly string _path = Path.Combine(FindRoot(), "docs", "operations.md");

    public IEnumerable<(string Command, string Output)> Blocks => Block().Matches(File.ReadAllText(_path))
        .Select(match => (match.Groups["command"].Value.Trim(), match.Groups["output"].Value.Trim()));

    /// <summary>Writes the commands' output into the document.</summary>
    public void Update(IReadOnlyList<string> outputs)
    {
        var next = 0;
        var text = Block().Replace(File.ReadAllText(_path), match => $"```console\n$ {match.Groups["command"].Value.Trim()}\n{outputs[next++]}\n```");
        File.WriteAllText(_path, text);
    }

    /// <summary>The words of a command as a shell reads them: what stands in double quotes is one.</summary>
    public static IEnumerable<string> Words(string command) => Word().Matches(command).Select(match => match.Value.Trim('"'));

    /// <summary>Replaces the parts of an output that differ from run to run.</summary>
    public static string Essence(string output)
    {
        var text = Hex().Replace(output, "#");
        text = Digits().Replace(text, "#");
        text = Age().Replace(text, "#");
        return Space().Replace(text, " ").Trim();
    }

    /// <summary>Trailing spaces and control characters have no place in a document.</summary>
    public static string Printed(string output) => string.Join('\n', output.TrimEnd().Split('\n').Select(line => line.TrimEnd()));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"```console\n\$ (?<command>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{8,}|~[A-Za-z0-9_-]{43}|(?<=[0-9a-f]{8})-[A-Za-z0-9_-]{43}")]
    private static partial Regex Hex();

    [GeneratedRegex(@"[0-9#][0-9#:.,/-]*")]
    private static partial Regex Digits();

    [GeneratedRegex("#[smhd]( #[smhd])?")]
    private static partial Regex Age();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
