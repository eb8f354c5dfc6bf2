using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Documents;

public sealed class ReadmeTests
{
    private const string Begin = "<!-- made from variables.tf and outputs.tf: UPDATE=1 dotnet test tests/Terraform --filter ReadmeTests -->\n";
    private const string End = "<!-- end -->\n";

    [Fact]
    public void The_readme_documents_every_variable_and_output_as_they_are()
    {
        var path = Repository.PathOf("terraform", "README.md");
        var text = File.ReadAllText(path);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, text = text[..begin] + SettingsTables.Write() + text[end..]);
            end = text.IndexOf(End, StringComparison.Ordinal);
        }

        text[begin..end].Should().Be(SettingsTables.Write());
    }
}
