namespace DataToEvents.Architecture.Tests;

/// <summary>docs/architecture.md lists the files in which a newcomer can follow one record from Transformer to EventResponder.</summary>
public sealed partial class ReadingOrderTests
{
    private const int MostFiles = 25;

    private static readonly string[] Listed = Read();

    [Fact]
    public void The_list_is_short_and_names_each_file_once()
    {
        Listed.Should().HaveCountLessThanOrEqualTo(MostFiles).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Each_file_exists() => Listed.Should().OnlyContain(file => File.Exists(SourceTree.PathOf(file)));

    [Theory]
    [InlineData("Functions/Transformer/TransformerFunction", "Application/Transformer/TransformRecords", "Adapters/Sqs/SqsEventQueue")]
    [InlineData("Functions/EventStorer/EventStorerFunction", "Application/EventStorer/StoreEvents", "Adapters/DynamoDb/DynamoDbEventStore")]
    [InlineData("Functions/IntegrationEventEmitter/IntegrationEventEmitterFunction", "Application/IntegrationEventEmitter/EmitIntegrationEvents", "Adapters/EventBridge/EventBridgePublisher")]
    [InlineData("Functions/EventResponder/EventResponderFunction", "Application/EventResponder/RespondToEvent", "Adapters/DynamoDb/DynamoDbStreamView")]
    public void Each_step_is_on_it_with_function_use_case_and_adapter_in_that_order(string function, string useCase, string adapter) =>
        Listed.Should().ContainInOrder($"src/{function}.cs", $"src/{useCase}.cs", $"src/{adapter}.cs");

    private static string[] Read()
    {
        var document = File.ReadAllText(SourceTree.PathOf("docs/architecture.md"));
        var section = document.Split("\n## ").Single(part => part.StartsWith("Reading order\n", StringComparison.Ordinal));
        return [.. Entry().Matches(section).Select(entry => entry.Groups["file"].Value)];
    }

    [GeneratedRegex(@"^\d+\. \[[^]]+\]\(\.\./(?<file>[^)]+)\)", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
