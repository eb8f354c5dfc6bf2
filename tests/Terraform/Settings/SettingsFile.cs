using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Settings;

/// <summary>
/// Reads the variables of the configuration and of its module, which are written in one form: above each type or attribute stand its text and the lines
/// <c># Values:</c>, <c># Warned:</c>, <c># Refused:</c>, <c># With:</c>. Whatever is written otherwise is an error, so no setting can be overlooked.
/// </summary>
internal static partial class SettingsFile
{
    /// <summary>What the module takes, and what only terraform/ has; terraform/settings.tf hands the former on.</summary>
    public static readonly string[] Paths = [Repository.PathOf("terraform", "modules", "data-to-events", "variables.tf"), Repository.PathOf("terraform", "variables.tf")];

    /// <summary>The variables in their order, each with its description and settings.</summary>
    public static IReadOnlyList<(string Variable, string Description, IReadOnlyList<TerraformSetting> Settings)> Read() => [.. Paths.SelectMany(Read)];

    private static IReadOnlyList<(string Variable, string Description, IReadOnlyList<TerraformSetting> Settings)> Read(string path)
    {
        var text = File.ReadAllText(path);
        var blocks = Variable().Matches(text);
        blocks.Count.Should().Be(text.Split("\nvariable \"").Length - 1, "every variable must be read");
        return [.. blocks.Select(block => (block.Groups["name"].Value, Description().Match(block.Groups["body"].Value).Groups["text"].Value, Settings(block)))];
    }

    private static IReadOnlyList<TerraformSetting> Settings(Match block)
    {
        var (variable, body) = (block.Groups["name"].Value, block.Groups["body"].Value);
        if (ObjectType().Match(body) is { Success: true } type)
        {
            return [.. Attributes(variable, type.Groups["attributes"].Value)];
        }

        var lines = body.Split('\n').Select(line => line.Trim()).ToList();
        var comments = lines.TakeWhile(line => !line.StartsWith("type ", StringComparison.Ordinal)).Where(line => line.StartsWith('#'));
        var otherwise = lines.Single(line => line.StartsWith("default ", StringComparison.Ordinal)).Split('=', 2)[1].Trim();
        return [Documented(variable, null, otherwise, comments)];
    }

    private static IEnumerable<TerraformSetting> Attributes(string variable, string lines)
    {
        var comments = new List<string>();
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith('#'))
            {
                comments.Add(line);
                continue;
            }

            var attribute = Attribute().Match(line);
            attribute.Success.Should().BeTrue($"\"{line}\" of {variable} must be NAME = optional(TYPE, DEFAULT)");
            yield return Documented(variable, attribute.Groups["name"].Value, DefaultOf(attribute.Groups["arguments"].Value), comments);
            comments.Clear();
        }
    }

    private static TerraformSetting Documented(string variable, string? attribute, string otherwise, IEnumerable<string> comments)
    {
        var (text, notes) = ("", new Dictionary<string, string>());
        foreach (var comment in comments.Select(comment => comment.TrimStart('#').Trim()))
        {
            if (Note().Match(comment) is { Success: true } note)
            {
                notes.Add(note.Groups["name"].Value, note.Groups["value"].Value);
            }
            else
            {
                text = $"{text} {comment}".Trim();
            }
        }

        return new TerraformSetting(variable, attribute, otherwise, text, List(notes, "Values"), List(notes, "Warned"), List(notes, "Refused"), notes.GetValueOrDefault("With"));
    }

    private static string[] List(Dictionary<string, string> notes, string name) => notes.GetValueOrDefault(name)?.Split(" | ") ?? [];

    /// <summary>The text behind the last comma that is not inside brackets.</summary>
    private static string DefaultOf(string arguments)
    {
        var depth = 0;
        for (var i = 0; i < arguments.Length; i++)
        {
            depth += arguments[i] is '(' or '{' or '[' ? 1 : arguments[i] is ')' or '}' or ']' ? -1 : 0;
            if (depth == 0 && arguments[i] == ',')
            {
                return arguments[(i + 1)..].Trim();
            }
        }

        return "null";
    }

    [GeneratedRegex("""^variable "(?<name>\w+)" \{\n(?<body>.*?)^\}""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Variable();

    [GeneratedRegex("""^  description\s*= "(?<text>[^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Description();

    [GeneratedRegex("""^  type\s*= object\(\{\n(?<attributes>.*?)^  \}\)""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ObjectType();

    [GeneratedRegex("""^(?<name>\w+)\s*= optional\((?<arguments>.+)\)$""")]
    private static partial Regex Attribute();

    [GeneratedRegex("^(?<name>Values|Warned|Refused|With): (?<value>.+)$")]
    private static partial Regex Note();
}
