using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Provider;

/// <summary>The names that version 6 of the provider knows, from the declarations of @cdktf/provider-aws, which are made from its schema: tests/emulators/provider-schema.</summary>
internal sealed partial class ProviderSchema(string home)
{
    private static readonly Lazy<(string? Missing, string? Home)> Package = new(() => Task.Run(FindAsync).GetAwaiter().GetResult());

    /// <summary>What to install if the schema is missing; null if it is there.</summary>
    public static string? Missing => Package.Value.Missing;

    public static ProviderSchema OfVersionSix() => new(Package.Value.Home!);

    /// <summary>The provider's version that the names are those of.</summary>
    public string Version => Link().Match(Declarations("aws_sqs_queue")!).Groups["version"].Value;

    public bool Knows(ProviderUse use)
    {
        if (Declarations(use.Kind) is not { } text)
        {
            return false;
        }

        return use.IsRead
            ? text.Contains($"get {Camel(use.Path)}(): ", StringComparison.Ordinal)
            : KnowsArgument(text, use.Path.Split('.'));
    }

    /// <summary>From the interface of the resource to that of each block, by the type that the block's member has.</summary>
    private static bool KnowsArgument(string text, string[] path)
    {
        var owners = Interface().Matches(text);
        var owner = owners[0];
        foreach (var name in path)
        {
            if (owner is null || Member().Matches(owner.Groups["members"].Value).FirstOrDefault(member => member.Groups["name"].Value == name) is not { } found)
            {
                return false;
            }

            owner = owners.FirstOrDefault(one => one.Groups["name"].Value == found.Groups["type"].Value);
        }

        return true;
    }

    private string? Declarations(string kind)
    {
        var folder = kind.StartsWith("data.", StringComparison.Ordinal) ? $"data-{kind["data.".Length..]}" : kind["aws_".Length..];
        var path = Path.Combine(home, "lib", folder.Replace('_', '-'), "index.d.ts");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static string Camel(string name) => Underscore().Replace(name, match => match.Value[1..].ToUpperInvariant());

    private static async Task<(string? Missing, string? Home)> FindAsync()
    {
        var outcome = await Shell.RunAsync(Repository.Root, "sh", [Repository.PathOf("tests", "emulators", "provider-schema")]);
        return outcome.ExitCode == 0 ? (null, outcome.Output.Trim()) : (outcome.Errors.Trim(), null);
    }

    [GeneratedRegex("""^export interface (?<name>\w+) [^\n]*\{\n(?<members>.*?)^\}""", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Interface();

    // * Docs at Terraform Registry: {@link URL#redrive_policy SqsQueue#redrive_policy} … readonly redrivePolicy?: TYPE
    [GeneratedRegex("""\{@link [^ }]+ \w+#(?<name>\w+)\}(?:(?!\{@link).)*?readonly \w+\??: (?<type>\w*)""", RegexOptions.Singleline)]
    private static partial Regex Member();

    [GeneratedRegex("""/providers/hashicorp/aws/(?<version>[0-9.]+)/""")]
    private static partial Regex Link();

    [GeneratedRegex("_[a-z0-9]")]
    private static partial Regex Underscore();
}

/// <summary>A fact that is skipped, with what to install, where npm cannot get the schema.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SchemaFactAttribute : FactAttribute
{
    public override string? Skip => base.Skip ?? ProviderSchema.Missing;
}
