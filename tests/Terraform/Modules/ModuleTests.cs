using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Modules;

/// <summary>Runs terraform/tests with a mocked provider: the promises of each module, and the refusal of bad input.</summary>
[Collection(nameof(MockedRuns))]
public sealed partial class ModuleTests(MockedRuns runs)
{
    public static TheoryData<string, string> Runs()
    {
        var all = new TheoryData<string, string>();
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("terraform", "tests"), "*.tftest.hcl").Order(StringComparer.Ordinal))
        {
            foreach (Match run in RunName().Matches(File.ReadAllText(file)))
            {
                all.Add($"tests/{Path.GetFileName(file)}", run.Groups["name"].Value);
            }
        }

        return all;
    }

    [TerraformTheory]
    [MemberData(nameof(Runs))]
    public void A_module_keeps_its_promise(string file, string run) => runs.Results.MustPass(file, run);

    [Fact]
    public void Every_module_has_tests()
    {
        var modules = Directory.EnumerateDirectories(Repository.PathOf("terraform", "modules")).Select(Path.GetFileName);

        var tests = Runs().Select(row => Path.GetFileName((string)row[0]).Replace(".tftest.hcl", "", StringComparison.Ordinal)).Distinct();

        tests.Should().BeEquivalentTo(modules);
    }

    [GeneratedRegex("""^run "(?<name>[^"]+)" """, RegexOptions.Multiline)]
    private static partial Regex RunName();
}
