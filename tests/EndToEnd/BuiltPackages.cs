namespace DataToEvents.EndToEnd.Tests;

/// <summary>The packages that <c>make package</c> builds.</summary>
internal static class BuiltPackages
{
    private static readonly string[] SourceFolders = ["Domain", "Application", "Adapters/Sqs", "Adapters/DynamoDb", "Adapters/EventBridge", "Adapters/S3", "Adapters/Aws", "Adapters/Formats", "Functions"];

    private static readonly Lazy<string?> _complaint = new(Find);

    public static string Folder { get; } = Path.Combine(BuiltTools.Root, "artifacts");

    public static IReadOnlyList<string> Zips { get; } =
        [.. new[] { "Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder" }.Select(name => Path.Combine(Folder, $"{name}.zip"))];

    /// <summary>What to do if a zip is missing or older than its sources; null if all are there and new.</summary>
    public static string? Complaint => _complaint.Value;

    private static string? Find() =>
        Zips.FirstOrDefault(zip => !File.Exists(zip)) is { } missing ? $"{Path.GetFileName(missing)} is missing. Run: make package"
            : Zips.Min(File.GetLastWriteTimeUtc) < Sources().Max(file => file.LastWriteTimeUtc) ? "The packages are older than the code that they are built from. Run: make package"
            : null;

    private static IEnumerable<FileInfo> Sources() => SourceFolders
        .Select(folder => new DirectoryInfo(Path.Combine(BuiltTools.Root, "src", folder)))
        .SelectMany(folder => folder.EnumerateFiles("*.cs", SearchOption.AllDirectories))
        .Where(file => !file.FullName.Contains("/obj/", StringComparison.Ordinal));
}
