using System.Collections.Concurrent;
using System.IO.Compression;

namespace DataToEvents.EndToEnd.Tests;

/// <summary>The host as a person runs it: an executable, a data directory, standard output.</summary>
internal sealed class RunningHost : IDisposable
{
    /// <summary>
    /// Functions as processes of their own: the packages for AWS, as they are deployed, where <c>make package</c> has built them from this code, else the
    /// assemblies of the build, which take three times the processor time.
    /// </summary>
    public const string Processes = "processes";

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _said = new();
    private Task _saying = Task.CompletedTask;

    private RunningHost(Process process, Uri address) => (_process, Client) = (process, new HttpClient { BaseAddress = address });

    public HttpClient Client { get; }

    /// <summary>Where the endpoints are, such as <c>http://127.0.0.1:5080</c>.</summary>
    public string Url => Client.BaseAddress!.ToString().TrimEnd('/');

    public int Id => _process.Id;

    /// <summary>Runs the host to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await errors);
    }

    /// <summary>Runs the host to its end over what it gets on its standard input.</summary>
    public static async Task<(int ExitCode, string Errors)> PipeAsync(byte[] input, params string[] arguments)
    {
        using var process = Launch(arguments, pipe: true);
        var (errors, output) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.StandardInput.BaseStream.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await output;
        return (process.ExitCode, await errors);
    }

    /// <summary>Runs the host to its end and reads the summary.</summary>
    public static async Task<JsonElement> SummaryAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync([.. arguments, "--port", "0", "--summary", "json"]);
        exitCode.Should().Be(0, "the host said: {0}", errors);
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    /// <summary>Starts the host with its endpoints open and nothing to feed.</summary>
    public static async Task<RunningHost> StartAsync(string data, string mode = "inprocess", int port = 0, params string[] more)
    {
        var process = Launch(["--data", data, "--port", $"{port}", "--no-feed", "--functions", mode, .. more]);
        var drained = process.StandardError.ReadToEndAsync();
        string line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"The host did not start: {await drained}");
        }
        while (!line.StartsWith("Listening", StringComparison.Ordinal));
        _ = process.StandardOutput.ReadToEndAsync();
        return new RunningHost(process, AddressIn(line));
    }

    /// <summary>Puts records by Firehose's wire protocol; returns when they are acknowledged.</summary>
    public Task PutAsync(IEnumerable<string> records) => PutAsync(records.Select(Encoding.UTF8.GetBytes));

    /// <inheritdoc cref="PutAsync(IEnumerable{string})"/>
    public async Task PutAsync(IEnumerable<byte[]> records)
    {
        var body = JsonSerializer.Serialize(new { DeliveryStreamName = "data-events-stream", Records = records.Select(record => new { Data = record }) });
        var answer = await CallAsync("Firehose_20150804.PutRecordBatch", "application/x-amz-json-1.1", body);
        answer.GetProperty("FailedPutCount").GetInt32().Should().Be(0);
    }

    /// <summary>How many events are in the store.</summary>
    public async Task<long> StoredAsync() => (await CallAsync("DynamoDB_20120810.DescribeTable", "application/x-amz-json-1.0", """{"TableName":"data-events"}"""))
        .GetProperty("Table").GetProperty("ItemCount").GetInt64();

    /// <summary>How many records this process has acknowledged.</summary>
    public async Task<long> AcceptedAsync()
    {
        const string Name = "datatoevents_accepted_total ";
        var metrics = await Client.GetStringAsync("metrics");
        return long.Parse(metrics.Split('\n').Single(line => line.StartsWith(Name, StringComparison.Ordinal))[Name.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>The consumer's API's answer about all events.</summary>
    public async Task<JsonElement> ViewAsync() => JsonDocument.Parse(await Client.GetStringAsync("api/")).RootElement;

    /// <summary>Waits until the consumer has that many events. If it never has, the test's timeout ends the wait.</summary>
    public async Task AwaitDeliveredAsync(long events)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await ViewAsync()).GetProperty("events").GetInt64() < events)
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    public async Task<JsonElement> CallAsync(string target, string contentType, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "") { Content = new StringContent(body, Encoding.UTF8, contentType) };
        request.Headers.Add("X-Amz-Target", target);
        using var response = await Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue("{0} was answered with {1}", target, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the host to end, as Ctrl-C does, and waits.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
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

    /// <summary>Reads the address from the first line of a host.</summary>
    internal static Uri AddressIn(string line) => new(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(':') + "/");

    /// <summary>The lake's lines in the order of its objects.</summary>
    public static List<string> LakeLines(string data)
    {
        var lines = new List<string>();
        var lake = Directory.CreateDirectory(Path.Combine(data, "lake", "events")).FullName;
        foreach (var file in Directory.EnumerateFiles(lake, "*.gz", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress), Encoding.UTF8);
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    /// <summary>Its standard error so far, with the lines of functions.</summary>
    public IReadOnlyCollection<string> Said => _said;

    public static async Task<RunningHost> ObserveAsync(string data, string mode, IReadOnlyDictionary<string, string> environment, params string[] more)
    {
        var start = new ProcessStartInfo(BuiltTools.Local, Named(["--data", data, "--port", "0", "--input", "-", "--summary", "json", "--functions", mode, .. more]))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        string line;
        do
        {
            line = await process.StandardError.ReadLineAsync() ?? throw new InvalidOperationException("The host did not start.");
        }
        while (!line.StartsWith("Listening", StringComparison.Ordinal));
        var host = new RunningHost(process, new Uri(line.Split(' ').Single(word => word.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(':') + "/"));
        host._saying = host.ListenAsync();
        return host;
    }

    /// <summary>Waits until a metric has that value. If it never has, the test's timeout ends the wait.</summary>
    public async Task AwaitMetricAsync(string name, double value)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!(await Client.GetStringAsync("metrics", patience.Token)).Contains($"\n{name} {value}\n", StringComparison.Ordinal))
        {
            await pause.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <summary>Ends the input. The host drains and prints its summary.</summary>
    public async Task<JsonElement> EndAsync()
    {
        _process.StandardInput.Close();
        var output = await _process.StandardOutput.ReadToEndAsync();
        await _saying;
        await _process.WaitForExitAsync();
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
    }

    private async Task ListenAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            _said.Enqueue(line);
        }
    }

    internal static Process Launch(params string[] arguments) => Launch(arguments, pipe: false);

    private static Process Launch(string[] arguments, bool pipe) => Process.Start(new ProcessStartInfo(BuiltTools.Local, Named(arguments))
    {
        RedirectStandardInput = pipe,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    /// <summary>Replaces <see cref="Processes"/> in the arguments by a mode that the host knows.</summary>
    private static IEnumerable<string> Named(IEnumerable<string> arguments) =>
        arguments.SelectMany(argument => argument != Processes ? [argument] : BuiltPackages.Complaint is null ? ["aws", "--artifacts", BuiltPackages.Folder] : (string[])["process"]);
}
