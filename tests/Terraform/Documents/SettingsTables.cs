using DataToEvents.Terraform.Tests.Running;
using DataToEvents.Terraform.Tests.Settings;

namespace DataToEvents.Terraform.Tests.Documents;

/// <summary>The tables of terraform/README.md, made from the files that they document.</summary>
internal static partial class SettingsTables
{
    public static string Write()
    {
        var text = new StringBuilder();
        foreach (var (variable, description, settings) in SettingsFile.Read())
        {
            text.Append($"### `{variable}`\n{description}\n\n| | default | for example | |\n|---|---|---|---|\n");
            foreach (var setting in settings)
            {
                var examples = string.Join(", ", setting.Values.Concat(setting.Warned).Where(value => value != setting.Default).Select(Code));
                var needs = setting.With is null ? "" : $" With {Code(setting.With)}.";
                text.Append($"| {Code(setting.Attribute ?? variable)} | {Code(setting.Default)} | {examples} | {Cell(setting.Text)}{needs} |\n");
            }

            text.Append('\n');
        }

        text.Append("## Outputs\n| | |\n|---|---|\n");
        foreach (Match output in Output().Matches(File.ReadAllText(Repository.PathOf("terraform", "outputs.tf"))))
        {
            text.Append($"| `{output.Groups["name"].Value}` | {Cell(output.Groups["text"].Value)} |\n");
        }

        return text.ToString();
    }

    private static string Code(string hcl) => $"`{Cell(hcl)}`";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    [GeneratedRegex("""^output "(?<name>\w+)" \{\n  description\s*= "(?<text>[^"]+)"$""", RegexOptions.Multiline)]
    private static partial Regex Output();
}
