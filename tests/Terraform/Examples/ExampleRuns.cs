using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Examples;

/// <summary>Each example of terraform/examples, applied once with the provider mocked.</summary>
public sealed class ExampleRuns : IAsyncLifetime
{
    private readonly Dictionary<string, ExampleRun> _runs = [];

    internal ExampleRun this[string example] => _runs[example];

    public async Task InitializeAsync()
    {
        if (TerraformInstallation.Missing is not null)
        {
            return;
        }

        using var workspace = await Workspace.CreateAsync();
        foreach (var example in ExampleRun.All)
        {
            _runs.Add(example, await ExampleRun.OfAsync(workspace, example));
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

[CollectionDefinition(nameof(ExampleRuns))]
public sealed class ExampleRunsCollection : ICollectionFixture<ExampleRuns>;
