using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Documents;

/// <summary>docs/aws.md has a paragraph, with a command, for every alarm, and for no other.</summary>
public sealed partial class RunbookTests
{
    private static readonly string Runbook = File.ReadAllText(Repository.PathOf("docs", "aws.md"));

    [Fact]
    public void Every_alarm_has_its_paragraph_and_no_paragraph_is_about_an_alarm_that_is_not_there() =>
        Paragraphs().Keys.Should().BeEquivalentTo(Alarms());

    [Fact]
    public void Every_paragraph_has_a_command() =>
        Paragraphs().Where(paragraph => !paragraph.Value.Contains("```sh\n", StringComparison.Ordinal)).Select(paragraph => paragraph.Key).Should().BeEmpty();

    [Fact]
    public void An_alarms_description_points_to_its_paragraph()
    {
        foreach (var file in new[] { "observability", "lambda" })
        {
            File.ReadAllText(Repository.PathOf("terraform", "modules", file, "alarms.tf")).Should().MatchRegex("alarm_description.*Runbook: docs/aws.md, ");
        }
    }

    /// <summary>The names in Terraform, with NAME for the parts that Terraform fills in.</summary>
    private static List<string> Alarms()
    {
        var hops = File.ReadAllText(Repository.PathOf("terraform", "modules", "observability", "alarms.tf"));
        var functions = File.ReadAllText(Repository.PathOf("terraform", "modules", "lambda", "alarms.tf"));
        return [
            .. HopAlarm().Matches(hops).Select(alarm => alarm.Groups["name"].Value),
            .. FamilyOfAlarms().Matches(hops).Select(alarm => FilledIn().Replace(alarm.Groups["name"].Value, "NAME")),
            .. FunctionAlarm().Matches(functions).Select(alarm => $"NAME-{alarm.Groups["name"].Value}"),
        ];
    }

    private static Dictionary<string, string> Paragraphs() =>
        Paragraph().Matches(Runbook).ToDictionary(paragraph => paragraph.Groups["name"].Value, paragraph => paragraph.Groups["text"].Value);

    [GeneratedRegex("""^      (?<name>[a-z-]+) = \{$""", RegexOptions.Multiline)]
    private static partial Regex HopAlarm();

    [GeneratedRegex("""^      for .* : "(?<name>[^"]+)" => \{$""", RegexOptions.Multiline)]
    private static partial Regex FamilyOfAlarms();

    [GeneratedRegex("""\$\{[^}]+\}""")]
    private static partial Regex FilledIn();

    [GeneratedRegex("""alarm_name\s*= "\$\{var\.name\}-(?<name>[a-z-]+)"$""", RegexOptions.Multiline)]
    private static partial Regex FunctionAlarm();

    [GeneratedRegex("""^### `(?<name>[A-Za-z-]+)`\n(?<text>.*?)(?=^#|\z)""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Paragraph();
}
