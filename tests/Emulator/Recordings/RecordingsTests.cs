using DataToEvents.Emulator.Tests.Http.Contract;

namespace DataToEvents.Emulator.Tests.Recordings;

/// <summary>Skips the class where the recordings of AWS do not lie beside the repository.</summary>
public sealed class NeedsRecordingsAttribute : NeedsAttribute
{
    public override string? Missing => RecordingsTests.Folder is null ? "The recordings of AWS are missing: no folder shared/aws-recordings beside the repository, and RECORDINGS names none." : null;
}

/// <summary>Each scenario that was recorded on AWS is named in a test, or in a list with the reason why it is not played.</summary>
[NeedsRecordings]
public sealed partial class RecordingsTests
{
    private static readonly string Tests = Path.Combine(DynamoDbLocal.RepositoryRoot(), "tests", "Emulator");

    public static string? Folder { get; } = new[]
    {
        Environment.GetEnvironmentVariable("RECORDINGS") ?? "",
        Path.Combine(DynamoDbLocal.RepositoryRoot(), "..", "shared", "aws-recordings"),
    }.FirstOrDefault(Directory.Exists);

    [ContractFact]
    public void Each_recording_of_S3_is_played_or_listed_with_a_reason() => Check("S3.md", "S3", "s3", "s3_api", "s3_list_operations", "s3_preconditions");

    [ContractFact]
    public void Each_recording_of_SQS_is_played_or_listed_with_a_reason() => Check("Sqs.md", "SQS", "sqs", "sqs_move_task");

    [ContractFact]
    public void Each_recording_of_DynamoDB_is_played_or_listed_with_a_reason() => Check("DynamoDb.md", "DynamoDB", "dynamodb", "dynamodb-streams");

    [ContractFact]
    public void Each_recording_of_EventBridge_is_played_or_listed_with_a_reason() => Check("EventBridge.md", "EventBridge", "events", "events_inputs", "events_targets", "events-archive_and_replay");

    private static void Check(string list, string service, params string[] files)
    {
        var recorded = files.SelectMany(static file => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder!, $"{file}.json"))).RootElement.EnumerateObject()
            .Select(scenario => (File: file, Name: scenario.Name[(scenario.Name.IndexOf("::", StringComparison.Ordinal) + 2)..]))).ToList();
        var listed = Listed().Matches(File.ReadAllText(Path.Combine(Tests, "Recordings", list))).Select(static line => (File: line.Groups["file"].Value, Name: line.Groups["name"].Value)).ToList();
        var sources = string.Concat(Directory.EnumerateFiles(Tests, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var words = Word().Matches(sources).Select(static word => word.Value).ToHashSet();
        bool IsPlayed(string name)
        {
            var scenario = WithoutParameters(name).Split("::")[^1];
            return words.Contains(scenario) || words.Any(word => word.EndsWith('*') && scenario.StartsWith(word[..^1], StringComparison.Ordinal));
        }

        bool IsListed((string File, string Name) scenario) => listed.Contains(scenario) || listed.Contains((scenario.File, WithoutParameters(scenario.Name)));

        var played = recorded.Where(scenario => IsPlayed(scenario.Name) && !listed.Contains(scenario)).ToList();
        recorded.Where(scenario => !IsPlayed(scenario.Name) && !IsListed(scenario)).Should().BeEmpty("each scenario is played, or {0} says why it is not", list);
        listed.Where(line => !recorded.Exists(scenario => scenario == line || (scenario.File, WithoutParameters(scenario.Name)) == line)).Should().BeEmpty("{0} lists recorded scenarios only", list);
        listed.Where(line => !line.Name.Contains('[', StringComparison.Ordinal) && IsPlayed(line.Name)).Should().BeEmpty("what is played is not listed in {0}", list);
        File.ReadAllText(Path.Combine(DynamoDbLocal.RepositoryRoot(), "emulator", "README.md")).Should().Contain($"{played.Count} of {recorded.Count} scenarios of {service}");
    }

    private static string WithoutParameters(string name) => name.IndexOf('[', StringComparison.Ordinal) is > 0 and var at ? name[..at] : name;

    [GeneratedRegex("^- `(?<file>[a-z0-9_-]+): (?<name>.+)`$", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"tests?_[A-Za-z0-9_]+\*?")]
    private static partial Regex Word();
}
