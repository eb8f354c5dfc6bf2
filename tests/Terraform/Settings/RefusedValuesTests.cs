using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Settings;

/// <summary>Gives each documented bad value to the variables alone. The variables refuse it, so no provider is needed.</summary>
public sealed class RefusedValues : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("terraform-refused-").FullName;

    internal TestRuns Results { get; private set; } = null!;

    internal static IEnumerable<(string File, TerraformSetting Setting, string Value)> All() =>
        from setting in SettingsFile.Read().SelectMany(variable => variable.Settings)
        from value in setting.Refused.Select((value, index) => (value, index))
        select ($"tests/{setting.Name}.{value.index}.tftest.hcl", setting, value.value);

    public async Task InitializeAsync()
    {
        if (TerraformInstallation.Missing is not null)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(_folder, "tests"));
        File.Copy(Path.Combine(Repository.Configuration, "run"), Path.Combine(_folder, "run"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "variables.tf"), string.Join('\n', SettingsFile.Paths.Select(File.ReadAllText)));

        foreach (var (file, setting, value) in All())
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, file), $"run \"refused\" {{\n  command = plan\n  variables {{\n    {setting.Assign(value)}\n  }}\n}}\n");
        }

        var environment = new Dictionary<string, string> { ["TF_PROVIDERS"] = TerraformInstallation.Providers };
        Results = TestRuns.Of(await Shell.RunAsync(_folder, Path.Combine(_folder, "run"), ["test", "-json"], environment));
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }
}

public sealed class RefusedValuesTests(RefusedValues refused) : IClassFixture<RefusedValues>
{
    public static TheoryData<string, string, string> Files()
    {
        var files = new TheoryData<string, string, string>();
        foreach (var (file, setting, value) in RefusedValues.All())
        {
            files.Add(setting.Name, value, file);
        }

        return files;
    }

    [TerraformTheory]
    [MemberData(nameof(Files))]
    public void A_value_that_is_documented_as_bad_is_refused_by_name(string setting, string value, string file) =>
        refused.Results.MustBeRefused(file, "refused", because: setting).Should().Contain(setting, $"whoever sets {value} must be told what was wrong");
}
