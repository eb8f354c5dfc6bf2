namespace DataToEvents.EndToEnd.Tests;

/// <summary>The packages and the native host that <c>make package</c> builds.</summary>
internal static class BuiltPackages
{
    private static readonly string[] FunctionSources =
    [
        "src/Domain", "src/Application", "src/Adapters/Sqs", "src/Adapters/DynamoDb", "src/Adapters/EventBridge", "src/Adapters/S3", "src/Adapters/Aws", "src/Adapters/Formats", "src/Functions",
    ];

    private static readonly string[] HostSources = ["src", "emulator", "standins", "tools"];

    private static readonly Lazy<string?> _complaint = new(Find);
    private static readonly Lazy<bool> _hasHost = new(() => File.Exists(Host) && IsNew(Host, HostSources));

    public static string Folder { get; } = Path.Combine(BuiltTools.Root, "artifacts");

    public static IReadOnlyList<string> Zips { get; } =
        [.. new[] { "Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder" }.Select(name => Path.Combine(Folder, $"{name}.zip"))];

    /// <summary>What to do if a zip is missing or older than its sources; null if all are there and new.</summary>
    public static string? Complaint => _complaint.Value;

    public static string Host { get; } = Path.Combine(Folder, "host", "local");

    /// <summary>Whether the native host is there and not older than its sources.</summary>
    public static bool HasHost => _hasHost.Value;

    private static string? Find() =>
        Zips.FirstOrDefault(zip => !File.Exists(zip)) is { } missing ? $"{Path.GetFileName(missing)} is missing. Run: make package"
            : Zips.All(zip => IsNew(zip, FunctionSources)) ? null
            : "The packages are older than the code that they are built from. Run: make package";

    private static bool IsNew(string built, string[] sources)
    {
        var time = File.GetLastWriteTimeUtc(built);
        return sources
            .SelectMany(folder => new DirectoryInfo(Path.Combine(BuiltTools.Root, folder)).EnumerateFiles("*.cs", SearchOption.AllDirectories))
            .Where(file => !file.FullName.Contains("/obj/", StringComparison.Ordinal))
            .All(file => file.LastWriteTimeUtc <= time);
    }
}
