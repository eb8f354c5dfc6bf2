namespace DataToEvents.Terraform.Tests.Settings;

/// <summary>Writes a test file for Terraform that plans with the documented values.</summary>
internal sealed class DocumentedValues
{
    private readonly StringBuilder _file = new("mock_provider \"aws\" {\n  source = \"./tests/mocks\"\n}\n");
    private readonly List<string> _runs = [];

    public IReadOnlyList<string> Runs => _runs;

    public string Text => _file.ToString();

    /// <summary>
    /// Every value of every setting at least once: the attributes of one variable together, each with its first value, then each with its
    /// second, and so on. What needs something beside it has a run of its own.
    /// </summary>
    public static DocumentedValues InPlans()
    {
        var file = new DocumentedValues();
        foreach (var (variable, _, settings) in SettingsFile.Read())
        {
            var alone = settings.Where(setting => setting.With is not null || setting.Attribute is null).ToList();
            var together = settings.Except(alone).ToList();
            foreach (var setting in alone)
            {
                file.AddEach(setting);
            }

            foreach (var setting in settings)
            {
                file.AddWarned(setting);
            }

            for (var round = 0; round < together.Select(setting => setting.Values.Count).DefaultIfEmpty(0).Max(); round++)
            {
                var members = together.Select(setting => setting.Member(setting.Values[Math.Min(round, setting.Values.Count - 1)]));
                file.Add($"{variable}_{round}", $"{variable} = {{ {string.Join(", ", members)} }}");
            }
        }

        return file;
    }

    private void AddEach(TerraformSetting setting)
    {
        for (var i = 0; i < setting.Values.Count; i++)
        {
            Add($"{setting.Name.Replace('.', '_')}_{i}", setting.Assign(setting.Values[i]));
        }
    }

    /// <summary>A test can expect the warnings of the module that it runs, and no others: these run the module itself.</summary>
    private void AddWarned(TerraformSetting setting)
    {
        var name = setting.Name.Replace('.', '_');
        for (var i = 0; i < setting.Warned.Count; i++)
        {
            Add(
                $"{name}_warned_{i}", setting.Assign(setting.Warned[i]),
                "  module {\n    source = \"./modules/data-to-events\"\n  }\n", $"  expect_failures = [check.{name}]\n");
        }
    }

    private void Add(string run, string variables, string module = "", string expected = "")
    {
        _runs.Add(run);
        _file.Append("\nrun \"").Append(run).Append("\" {\n  command = plan\n").Append(module).Append("  variables {\n    ").Append(variables).Append("\n  }\n").Append(expected).Append("}\n");
    }
}
