namespace DataToEvents.Architecture.Tests;

/// <summary>What documents say of each other: links lead somewhere, and a figure that stands in two documents is the same in both.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Documents = [.. SourceTree.Files().Where(static file => file.EndsWith(".md", StringComparison.Ordinal) && !file.StartsWith("tests/", StringComparison.Ordinal))];

    [Fact]
    public void Links_lead_to_files_and_headings_that_there_are()
    {
        var dead = from document in Documents
                   from Match link in Link().Matches(Code().Replace(File.ReadAllText(SourceTree.PathOf(document)), ""))
                   let target = link.Groups["target"].Value
                   where !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
                   let parts = target.Split('#')
                   let file = parts[0].Length == 0 ? document : Path.GetRelativePath(SourceTree.Root, Path.GetFullPath(parts[0], Path.GetDirectoryName(SourceTree.PathOf(document))!))
                   where !Path.Exists(SourceTree.PathOf(file)) || (parts.Length > 1 && !Anchors(file).Contains(parts[1]))
                   select $"{document}: {target} leads nowhere.";

        dead.ShouldBeNone();
    }

    [Fact]
    public void Tests_that_documents_name_exist()
    {
        var files = SourceTree.Files().Where(static file => file.Contains("Tests", StringComparison.Ordinal)).SelectMany(static file => file.Split('/', '.')).ToHashSet();
        var missing = from document in Documents
                      from test in TestName().Matches(File.ReadAllText(SourceTree.PathOf(document))).Select(static name => name.Value).Distinct()
                      where !files.Contains(test)
                      select $"{document}: there is no {test}.";

        missing.ShouldBeNone();
    }

    [Fact]
    public void The_contents_of_the_front_page_are_its_headings()
    {
        var text = File.ReadAllText(SourceTree.PathOf("README.md"));
        var listed = Regex.Match(text, @"\*\*Contents:\*\*(.*?)\n\n", RegexOptions.Singleline).Groups[1].Value;

        Link().Matches(listed).Select(static link => link.Groups["target"].Value.TrimStart('#')).Should().Equal(Headings(text).Where(static heading => heading.Level == 2).Select(static heading => Anchor(heading.Text)));
    }

    /// <summary>The first document has the measurement or the setting; the others repeat it.</summary>
    [Theory]
    [InlineData("cold start over TLS", "docs/performance/functions.md", @"^\| Transformer \| [\d.]+ \| [\d.]+ \| (\d+)", "docs/comparison.md", @"\| (\d+) ms over TLS")]
    [InlineData("cold start over HTTP", "docs/performance/functions.md", @"^\| Transformer \| [\d.]+ \| (\d+)", "docs/comparison.md", @"over TLS, (\d+) ms over HTTP")]
    [InlineData("calls a hop", "docs/performance/functions.md", @"SendMessageBatch (\d+) \|$", "docs/comparison.md", @"\| about (\d+) a hop \|")]
    [InlineData("events of a stream", "docs/capacity.md", @"some (\d+) events", "README.md", @"some (\d+) events a second")]
    [InlineData("events of a stream", "docs/capacity.md", @"some (\d+) events", "docs/adapting.md", @"some (\d+) events a second")]
    [InlineData("messages among which SQS looks", "docs/facts.md", @"(120,000)", "README.md", @"fewer than (\d+,\d+) messages")]
    [InlineData("messages among which SQS looks", "docs/facts.md", @"(120,000)", "emulator/README.md", @"oldest (\d+,\d+) messages")]
    [InlineData("ways in which the wiring is broken", "docs/aws.md", @"is broken in (\d+) ways", "README.md", @"broken on purpose in (\d+) ways")]
    [InlineData("real records", "examples/README.md", @"holds ([\d,]+) real records", "docs/aws.md", @"([\d,]+) earthquakes")]
    [InlineData("real records", "examples/README.md", @"holds ([\d,]+) real records", "docs/performance/host.md", @"([\d,]+) earthquakes")]
    [InlineData("receives of a message", "docs/aws.md", @"`queue\.max_receives` \((\d+)\) times", "docs/operations.md", @"(\d+) times on AWS")]
    [InlineData("cold start over TLS", "docs/performance/functions.md", @"^\| Transformer \| [\d.]+ \| [\d.]+ \| (\d+)", "docs/performance.md", @"^\| Transformer \(500 records a batch\) \| (\d+) \|")]
    [InlineData("size of the Transformer's package as measured", "docs/performance/functions.md", @"^\| Transformer \|.*\| ([\d.]+) \| SendMessageBatch", "docs/performance.md", @"^\| Transformer \(500 records a batch\) \|.*\| ([\d.]+) \| 100 \|$")]
    [InlineData("size of the Transformer's package since then", "docs/performance/functions.md", @"1 December: ([\d.]+) \(Transformer\)", "docs/performance.md", @"the zips have ([\d.]+),")]
    [InlineData("metrics of the functions' own", "docs/aws.md", @"up to (\d+) metrics of the functions' own", "terraform/README.md", @"own metrics \(\$0\.30 each, up to (\d+)\)")]
    [InlineData("alarms of the smallest deployment", "terraform/README.md", @"^\| \[minimal\]\([^)]*\) \| (\d+) \|", "docs/aws.md", @"Alarms \((\d+) to")]
    [InlineData("megabytes of DuckDB's library", "docs/operations.md", @"package of `dte` (\d+) MB larger", "tools/Dte/README.md", @"\(DuckDB, (\d+) MB\)")]
    public void A_figure_is_the_same_in_both_documents(string figure, string source, string there, string document, string here) =>
        Figures(document, here).Should().NotBeEmpty("{0} has the figure: {1}", document, figure).And.Equal(Figures(source, there).Take(1), "{0} has it from {1}: {2}", document, source, figure);

    /// <summary>A metric that two functions count is two metrics for CloudWatch, which bills each.</summary>
    [Fact]
    public void The_number_of_metrics_is_that_of_the_list_in_signals_md()
    {
        var counted = Regex.Matches(File.ReadAllText(SourceTree.PathOf("docs/signals.md")), @"^\| `[A-Za-z]+` \| (?:Count|Bytes|Milliseconds) \| (.+?) \|", RegexOptions.Multiline).Sum(static row => row.Groups[1].Value.Split(',').Length);

        Figures("docs/aws.md", @"up to (\d+) metrics of the functions' own").Should().Equal(counted.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_number_of_ways_in_which_the_wiring_is_broken_is_that_of_the_tests() =>
        Figures("docs/aws.md", @"is broken in (\d+) ways").Should().Equal(Regex.Count(File.ReadAllText(SourceTree.PathOf("tests/Deployed/BrokenOnPurposeTests.cs")), @"\[InlineData\(").ToString(CultureInfo.InvariantCulture));

    private static string[] Figures(string document, string pattern) =>
        [.. Regex.Matches(File.ReadAllText(SourceTree.PathOf(document)), pattern, RegexOptions.Multiline).Select(static match => match.Groups[1].Value).Distinct()];

    private static IEnumerable<(int Level, string Text)> Headings(string text) =>
        Heading().Matches(Code().Replace(text, "")).Select(static heading => (heading.Groups[1].Length, heading.Groups[2].Value));

    private static HashSet<string> Anchors(string file) => Path.GetExtension(file) == ".md" ? [.. Headings(File.ReadAllText(SourceTree.PathOf(file))).Select(static heading => Anchor(heading.Text))] : [];

    /// <summary>As GitHub makes it: small letters, without punctuation, blanks become hyphens.</summary>
    private static string Anchor(string heading) =>
        string.Concat(Markup().Replace(heading, "$1").Trim().ToLowerInvariant().Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\[(?:[^\[\]]|\[[^\]]*\])*\]\((?<target>[^()\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^[ ]*```.*?^[ ]*```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^(#{1,6}) (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Markup();

    [GeneratedRegex(@"\b[A-Z][A-Za-z0-9]*[a-z0-9]Tests\b")]
    private static partial Regex TestName();
}
