namespace DataToEvents.Architecture.Tests;

/// <summary>The search that CONTRIBUTING.md promises: <c>git ls-files | grep EventStorer</c> lists all that belongs to the step EventStorer.</summary>
public sealed class SliceTests
{
    [Theory]
    [InlineData("Transformer", "TransformRecords", "IEventQueue IPayloadStore")]
    [InlineData("EventStorer", "StoreEvents", "IEventStore IQuarantine IDeadLetters")]
    [InlineData("IntegrationEventEmitter", "EmitIntegrationEvents", "IEventPublisher")]
    [InlineData("EventResponder", "RespondToEvent", "IStreamView IViewQueries IPayloadReader")]
    public void A_search_for_a_step_finds_function_use_case_ports_tests_and_Terraform(string step, string useCase, string ports)
    {
        var found = SourceTree.Files().Where(file => file.Contains(step, StringComparison.Ordinal)).ToArray();

        found.Should().Contain(
        [
            $"src/Functions/{step}/{step}Program.cs",
            $"src/Functions/{step}/{step}Startup.cs",
            $"src/Functions/{step}/{step}Registration.cs",
            $"src/Functions/{step}/{step}Function.cs",
            $"src/Application/{step}/{useCase}.cs",
            $"tests/Functions/{step}/{step}FunctionTests.cs",
            $"terraform/modules/data-to-events/{step}.tf",
        ]);
        found.Should().Contain(ports.Split(' ').Select(port => $"src/Application/{step}/{port}.cs"));
        found.Should().Contain(file => file.StartsWith($"tests/Application/{step}/", StringComparison.Ordinal) && file.EndsWith("Tests.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("src/Domain", "tests/Domain")]
    [InlineData("src/Application", "tests/Application")]
    [InlineData("src/Functions", "tests/Functions")]
    public void Tests_lie_in_folders_that_the_source_has_too(string source, string tests) =>
        Folders(tests).Should().BeSubsetOf(Folders(source));

    [Theory]
    [InlineData("src/Domain", "DataToEvents.Domain")]
    [InlineData("src/Application", "DataToEvents.Application")]
    [InlineData("src/Functions", "DataToEvents.Functions")]
    [InlineData("tests/Domain", "DataToEvents.Domain.Tests")]
    [InlineData("tests/Application", "DataToEvents.Application.Tests")]
    [InlineData("tests/Functions", "DataToEvents.Functions.Tests")]
    public void A_folder_is_a_namespace(string folder, string root)
    {
        foreach (var file in SourceTree.Files().Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
        {
            var namespaces = File.ReadLines(SourceTree.PathOf(file)).Where(line => line.StartsWith("namespace ", StringComparison.Ordinal));

            namespaces.Should().BeSubsetOf([$"namespace {root}{Path.GetDirectoryName(file)![folder.Length..].Replace('/', '.')};"], "{0} lies there", file);
        }
    }

    private static HashSet<string> Folders(string folder) =>
        [.. SourceTree.Files().Where(file => file.StartsWith($"{folder}/", StringComparison.Ordinal)).Select(file => Path.GetDirectoryName(file)![folder.Length..])];
}
