using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Settings;

[Collection(nameof(MockedRuns))]
public sealed class DocumentedValuesTests(MockedRuns runs)
{
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
    public void A_plan_with_each_documented_value_succeeds() =>
        DocumentedValues.InPlans().Runs.Should().AllSatisfy(run => runs.Results.MustPass(MockedRuns.Documented, run));
}
