using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Settings;

public sealed class DocumentedValuesTests
{
    private const string File = "tests/documented.tftest.hcl";

    public static TheoryData<string> Settings() => new(SettingsFile.Read().SelectMany(variable => variable.Settings).Select(setting => setting.Name));

    [Theory]
    [MemberData(nameof(Settings))]
    public void A_setting_says_what_it_is_and_lists_its_values(string name)
    {
        var setting = SettingsFile.Read().SelectMany(variable => variable.Settings).Single(setting => setting.Name == name);

        setting.Text.Should().NotBeEmpty();
        setting.Values.Should().NotBeEmpty("a list of Values is what the plans are made from");
    }

    [TerraformFact]
    public async Task A_plan_with_each_documented_value_succeeds()
    {
        var documented = DocumentedValues.InPlans();
        using var workspace = await Workspace.CreateAsync();
        await System.IO.File.WriteAllTextAsync(Path.Combine(workspace.Configuration, File), documented.Text);

        var runs = await TestRuns.OfAsync(workspace.Configuration, File);

        documented.Runs.Should().AllSatisfy(run => runs.MustPass(File, run));
    }
}
