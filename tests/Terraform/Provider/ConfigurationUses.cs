using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Provider;

/// <summary>The names of the provider that the configuration uses: arguments that it sets (<c>aws_sqs_queue.name</c>, <c>aws_s3_bucket_policy.rule.id</c>), and attributes that it reads.</summary>
/// <param name="Kind"><c>aws_sqs_queue</c>, or <c>data.aws_partition</c>.</param>
/// <param name="Path">Blocks and argument of what is set, the attribute of what is read.</param>
internal sealed record ProviderUse(string Kind, string Path, bool IsRead)
{
    public override string ToString() => $"{Kind}.{Path}{(IsRead ? " (read)" : "")}";
}

/// <summary>Reads the .tf files, which `terraform fmt` has indented: a block's arguments stand two spaces deeper than the block.</summary>
internal static partial class ConfigurationUses
{
    private const int Indent = 2;

    // Terraform's own, in every resource.
    private static readonly HashSet<string> Meta = ["count", "for_each", "depends_on", "provider", "lifecycle"];

    public static IReadOnlyList<ProviderUse> Read() => [.. Directory.EnumerateFiles(Repository.PathOf("terraform", "modules"), "*.tf", SearchOption.AllDirectories)
        .SelectMany(path => Read(File.ReadAllText(path))).Distinct()];

    public static IEnumerable<ProviderUse> Read(string text)
    {
        foreach (Match read in Reference().Matches(text))
        {
            yield return new ProviderUse(read.Groups["data"].Value + read.Groups["type"].Value, read.Groups["attribute"].Value, IsRead: true);
        }

        var blocks = new List<string>();
        var kind = "";
        foreach (var line in text.Split('\n'))
        {
            var depth = (line.Length - line.TrimStart().Length) / Indent;
            if (depth == 0 && Resource().Match(line) is { Success: true } resource)
            {
                kind = (resource.Groups["data"].Success ? "data." : "") + resource.Groups["type"].Value;
                blocks = line.EndsWith("{}", StringComparison.Ordinal) ? [] : [""];
            }
            else if (line.StartsWith('}'))
            {
                blocks = [];
            }
            else if (depth == blocks.Count && blocks.Count > 0 && Block().Match(line) is { Success: true } block)
            {
                blocks.Add(block.Groups["dynamic"].Success ? $"dynamic {block.Groups["dynamic"].Value}" : block.Groups["name"].Value);
                if (block.Groups["name"].Value is not "content" && !blocks.Any(Meta.Contains))
                {
                    yield return new ProviderUse(kind, PathOf(blocks), IsRead: false);
                }

                if (block.Groups["empty"].Success)
                {
                    blocks.RemoveAt(blocks.Count - 1);
                }
            }
            else if (depth == blocks.Count - 1 && line.Trim() == "}" && blocks.Count > 1)
            {
                blocks.RemoveAt(blocks.Count - 1);
            }
            else if (depth == blocks.Count && blocks.Count > 0 && Argument().Match(line) is { Success: true } argument
                && !Meta.Contains(argument.Groups["name"].Value) && !blocks.Any(Meta.Contains) && !blocks[^1].StartsWith("dynamic", StringComparison.Ordinal))
            {
                yield return new ProviderUse(kind, PathOf([.. blocks, argument.Groups["name"].Value]), IsRead: false);
            }
        }
    }

    private static string PathOf(IEnumerable<string> blocks) => string.Join('.', blocks.Skip(1).Where(name => name != "content").Select(name => name.Replace("dynamic ", "", StringComparison.Ordinal)));

    [GeneratedRegex("""(?<data>data\.)?\b(?<type>aws_[a-z0-9_]+)\.\w+(\[[^\]]+\])?\.(?<attribute>[a-z0-9_]+)""")]
    private static partial Regex Reference();

    [GeneratedRegex("""^(resource|(?<data>data)) "(?<type>aws_\w+)" """)]
    private static partial Regex Resource();

    [GeneratedRegex("""^\s+(dynamic "(?<dynamic>\w+)"|(?<name>\w+)) \{(?<empty>\})?$""")]
    private static partial Regex Block();

    [GeneratedRegex("""^\s+(?<name>\w+)\s+= """)]
    private static partial Regex Argument();
}
