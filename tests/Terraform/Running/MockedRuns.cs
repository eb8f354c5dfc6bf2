using DataToEvents.Terraform.Tests.Settings;

namespace DataToEvents.Terraform.Tests.Running;

/// <summary>`terraform test`, once for all its runs: those of terraform/tests, and one that plans with each documented value. The provider is mocked.</summary>
public sealed class MockedRuns : IAsyncLifetime
{
    /// <summary>The file of the documented values.</summary>
    public const string Documented = "tests/documented.tftest.hcl";

    private Workspace? _workspace;

    /// <summary>Of `terraform validate`.</summary>
    internal Outcome Validation { get; private set; } = null!;

    internal TestRuns Results { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (TerraformInstallation.Missing is null)
        {
            _workspace = await Workspace.CreateAsync();
            Validation = await _workspace.RunAsync("validate", "-no-color");
            await File.WriteAllTextAsync(Path.Combine(_workspace.Configuration, Documented), DocumentedValues.InPlans().Text);
            Results = TestRuns.Of(await _workspace.RunAsync("test", "-json"));
        }
    }

    public Task DisposeAsync()
    {
        _workspace?.Dispose();
        return Task.CompletedTask;
    }
}

[CollectionDefinition(nameof(MockedRuns))]
public sealed class MockedRunsCollection : ICollectionFixture<MockedRuns>;
