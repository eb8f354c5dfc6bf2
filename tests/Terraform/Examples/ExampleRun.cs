using DataToEvents.Terraform.Tests.Running;

namespace DataToEvents.Terraform.Tests.Examples;

/// <summary>An example that was applied with a mocked provider: the output of `terraform test`, and the state.</summary>
internal sealed record ExampleRun(TestRuns Runs, IReadOnlyList<ExampleResource> Resources)
{
    public const string File = "tests/example.tftest.hcl";

    public const string Run = "it_can_be_applied";

    public static IReadOnlyList<string> All { get; } =
        [.. Directory.EnumerateDirectories(Repository.PathOf("terraform", "examples")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)];

    public static async Task<ExampleRun> OfAsync(Workspace workspace, string example)
    {
        var folder = Path.Combine(workspace.Configuration, "examples", example);
        Directory.CreateDirectory(Path.Combine(folder, "tests"));
        System.IO.File.Copy(Path.Combine(workspace.Configuration, "run"), Path.Combine(folder, "run"));
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, File), Test(await System.IO.File.ReadAllTextAsync(Path.Combine(folder, "main.tf"))));
        var outcome = await workspace.RunInAsync(folder, "test", "-json", "-verbose");
        return new ExampleRun(TestRuns.Of(outcome), [.. States(outcome).SelectMany(state => ResourcesOf(state.GetProperty("root_module")))]);
    }

    /// <summary>A mock for the provider, and for each of its aliases; the mocks' region is that of the mocks, whatever the alias says.</summary>
    private static string Test(string configuration)
    {
        var mocks = configuration.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("alias ", StringComparison.Ordinal)).Append("")
            .Select(alias => $"mock_provider \"aws\" {{\n  {alias}\n  source = \"../../tests/mocks\"\n}}\n");
        return $"{string.Join('\n', mocks)}\nrun \"{Run}\" {{\n  command = apply\n}}\n";
    }

    private static IEnumerable<JsonElement> States(Outcome outcome) => outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Where(message => message.TryGetProperty("test_state", out _))
        .Select(message => message.GetProperty("test_state"));

    private static IEnumerable<ExampleResource> ResourcesOf(JsonElement module)
    {
        var own = module.TryGetProperty("resources", out var resources)
            ? resources.EnumerateArray().Where(resource => resource.GetProperty("mode").GetString() == "managed").Select(resource => new ExampleResource(
                resource.GetProperty("address").GetString()!, resource.GetProperty("type").GetString()!, resource.GetProperty("values")))
            : [];
        return module.TryGetProperty("child_modules", out var children) ? own.Concat(children.EnumerateArray().SelectMany(ResourcesOf)) : own;
    }
}

internal sealed record ExampleResource(string Address, string Type, JsonElement Values);
