using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The host as a person runs it: an executable, a data directory, standard output.</summary>
internal sealed class RunningHost : IDisposable
{
    private static readonly string Executable = Tool("Local", "local");

    private readonly Process _process;

    private RunningHost(Process process, Uri address) => (_process, Client) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Client { get; }

    /// <summary>An executable of tools/, built as this test was.</summary>
    public static string Tool(string folder, string name) => Path.Combine(
        FindRoot(), "tools", folder, "bin",
        typeof(RunningHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "Configuration").Value!, "net10.0", name);

    /// <summary>Runs the host to its end.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunToolAsync(Executable, arguments);

    public static async Task<(int ExitCode, string Output, string Errors)> RunToolAsync(string executable, params string[] arguments)
    {
        using var process = Start(executable, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Runs the host to its end and reads the summary.</summary>
    public static async Task<JsonElement> SummaryAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync([.. arguments, "--port", "0", "--summary", "json"]);
        exitCode.Should().Be(0, "the host said: {0}", errors);
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    /// <summary>Starts the host with its doors open and nothing to feed.</summary>
    public static async Task<RunningHost> StartAsync(string data, params string[] options)
    {
        var process = Start(Executable, ["--data", data, "--port", "0", "--no-feed", .. options]);
        var drained = process.StandardError.ReadToEndAsync();
        var line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The host did not start: {await drained}");
        _ = process.StandardOutput.ReadToEndAsync();
        return new RunningHost(process, new Uri(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(':') + "/"));
    }

    /// <summary>Puts records by Firehose's wire protocol; returns when they are acknowledged.</summary>
    public async Task PutAsync(IEnumerable<string> records)
    {
        var body = JsonSerializer.Serialize(new
        {
            DeliveryStreamName = "data-events-stream",
            Records = records.Select(record => new { Data = Encoding.UTF8.GetBytes(record) }),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.1") };
        request.Headers.Add("X-Amz-Target", "Firehose_20150804.PutRecordBatch");
        using var response = await Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        response.EnsureSuccessStatusCode();
        JsonDocument.Parse(answer).RootElement.GetProperty("FailedPutCount").GetInt32().Should().Be(0);
    }

    /// <summary>A call of DynamoDB, at the host's own door.</summary>
    public async Task<JsonElement> DynamoDbAsync(string operation, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(request, Encoding.UTF8, "application/x-amz-json-1.0") };
        message.Headers.Add("X-Amz-Target", $"DynamoDB_20120810.{operation}");
        using var response = await Client.SendAsync(message);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("{0} answered {1}", operation, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        Client.Dispose();
        _process.Dispose();
    }

    /// <summary>The lake's lines in the order of its objects.</summary>
    public static List<string> LakeLines(string data)
    {
        var lines = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(data, "lake", "events"), "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static Process Start(string executable, params string[] arguments) => Process.Start(new ProcessStartInfo(executable, arguments)
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DataToEvents.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder.FullName;
    }
}
