using System.Net.NetworkInformation;
using System.Net.Sockets;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using DataToEvents.Adapters.Aws;
using DataToEvents.Adapters.Formats;

namespace DataToEvents.Emulator.Tests.Http.Contract;

/// <summary>Skips the class where Amazon's DynamoDB Local is not installed and cannot be.</summary>
public sealed class NeedsDynamoDbLocalAttribute : NeedsAttribute
{
    public override string? Missing => DynamoDbLocal.Installation.Value.Missing;
}

[CollectionDefinition(nameof(DynamoDbLocal))]
public sealed class DynamoDbLocalCollection : ICollectionFixture<DynamoDbLocal>;

/// <summary>Amazon's DynamoDB Local, in memory. All tests share one process.</summary>
public sealed class DynamoDbLocal : IAsyncLifetime
{
    // Ephemeral ports begin at 32768. No outgoing connection takes a port below.
    private const int FirstPort = 20_000;
    private const int LastPort = 32_000;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private Process? _process;
    private int _tables;

    internal static Lazy<(string? Home, string? Missing)> Installation { get; } = new(Find);

    public IAmazonDynamoDB Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (Installation.Value.Home is not { } home)
        {
            return;
        }

        var port = FreePort();
        _process = Process.Start(new ProcessStartInfo("java")
        {
            ArgumentList = { "-Xmx512m", "-Djava.library.path=./DynamoDBLocal_lib", "-jar", "DynamoDBLocal.jar", "-port", $"{port}", "-inMemory", "-sharedDb", "-disableTelemetry" },
            WorkingDirectory = home,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        var config = SdkSettings.Of<AmazonDynamoDBConfig>();
        (config.ServiceURL, config.AuthenticationRegion) = ($"http://127.0.0.1:{port}", "eu-north-1");
        Client = new AmazonDynamoDBClient(new BasicAWSCredentials("local", "local"), config);
        await ListensAsync(port);
    }

    public Task DisposeAsync()
    {
        Client?.Dispose();
        _process?.Kill();
        _process?.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Creates a table for one test, with the keys that all our tables have.</summary>
    public async Task<string> CreateTableAsync()
    {
        var name = $"table-{Interlocked.Increment(ref _tables)}";
        await Client.CreateTableAsync(new CreateTableRequest
        {
            TableName = name,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            AttributeDefinitions = [new(EventItem.PartitionKey, ScalarAttributeType.S), new(EventItem.SortKey, ScalarAttributeType.S)],
            KeySchema = [new(EventItem.PartitionKey, KeyType.HASH), new(EventItem.SortKey, KeyType.RANGE)],
        });
        return name;
    }

    private static (string? Home, string? Missing) Find()
    {
        using var script = Process.Start(new ProcessStartInfo("sh", [Path.Combine(RepositoryRoot(), "tests", "emulators", "dynamodb-local")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (home, missing) = (script.StandardOutput.ReadToEnd().Trim(), script.StandardError.ReadToEnd().Trim());
        script.WaitForExit();
        return script.ExitCode == 0 ? (home, null) : (null, missing);
    }

    internal static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No repository around {AppContext.BaseDirectory}.");
    }

    internal static int FreePort()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return Enumerable.Range(0, int.MaxValue).Select(_ => Random.Shared.Next(FirstPort, LastPort)).First(port => !taken.Contains(port));
    }

    private async Task ListensAsync(int port)
    {
        using var deadline = new CancellationTokenSource(StartTimeout);
        using var tries = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        do
        {
            using var connection = new TcpClient();
            try
            {
                await connection.ConnectAsync(IPAddress.Loopback, port, deadline.Token);
                return;
            }
            catch (SocketException) when (!_process!.HasExited)
            {
                // Java is still starting.
            }
        }
        while (await tries.WaitForNextTickAsync(deadline.Token));
    }
}
