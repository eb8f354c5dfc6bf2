using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Local.Hosting;

/// <summary>A consumer of the user's own: a process that speaks the Lambda Runtime API, behind a rule on the bus.</summary>
/// <param name="Name">The name of its function and of its rule.</param>
/// <param name="Command">What starts it, for the shell.</param>
/// <param name="Pattern">The file with the event pattern of its rule; null: it gets every event that the path publishes.</param>
internal sealed partial record OwnConsumer(string Name, string Command, FileInfo? Pattern)
{
    /// <summary><c>dotnet run</c> builds first.</summary>
    private static readonly TimeSpan InitTimeout = TimeSpan.FromMinutes(3);

    private static readonly string[] Taken = ["Transformer", "EventStorer", "IntegrationEventEmitter", "EventResponder", "EventResponderApi", Names.Rule, Names.AuditRule];

    /// <summary>The consumers of a command line: each <c>--pattern</c> belongs to the <c>--consumer</c> at the same place.</summary>
    /// <exception cref="UserErrorException">A consumer has no name or no command, or there are more patterns than consumers.</exception>
    public static IReadOnlyList<OwnConsumer> Read(string[] consumers, string[] patterns)
    {
        if (patterns.Length > consumers.Length)
        {
            throw new UserErrorException("Each --pattern belongs to a --consumer: give as many consumers as patterns.");
        }

        List<OwnConsumer> read = [.. consumers.Select((text, index) => Read(text, index < patterns.Length ? new FileInfo(patterns[index]) : null))];
        return read.GroupBy(static consumer => consumer.Name).FirstOrDefault(static same => same.Count() > 1) is { } twice
            ? throw new UserErrorException($"--consumer: {twice.Key} is there twice. Give each consumer a name of its own.")
            : read;
    }

    /// <summary>Reads the event pattern.</summary>
    /// <exception cref="UserErrorException">The file cannot be read.</exception>
    public string ReadPattern()
    {
        try
        {
            return Pattern is null ? DataDirectory.InsertedPattern : File.ReadAllText(Pattern.FullName);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"--pattern: {fault.Message}");
        }
    }

    /// <summary>Starts its process.</summary>
    /// <param name="timeout">How long one invocation may take.</param>
    /// <param name="url">Where the endpoints are.</param>
    /// <param name="host">Gets its log lines.</param>
    /// <exception cref="UserErrorException">It does not start.</exception>
    public async Task<ProcessFunction> StartAsync(TimeSpan timeout, string url, FunctionHost host)
    {
        try
        {
            return await ProcessFunction.StartAsync(
                new FunctionOptions(Name) { Timeout = timeout },
                new ProcessOptions("/bin/sh")
                {
                    Arguments = ["-c", $"exec {Command}"],
                    WorkingDirectory = Environment.CurrentDirectory,
                    Environment = new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = url },
                    InitTimeout = InitTimeout,
                },
                host);
        }
        catch (FunctionInitException fault)
        {
            throw new UserErrorException($"--consumer {Name}: {fault.Message}");
        }
    }

    private static OwnConsumer Read(string text, FileInfo? pattern)
    {
        var parts = text.Split('=', 2);
        if (parts.Length < 2 || !FunctionName().IsMatch(parts[0]) || string.IsNullOrWhiteSpace(parts[1]))
        {
            throw new UserErrorException($"--consumer: {text} is not NAME=COMMAND, such as \"orders=dotnet run --project Orders\". A name has 1 to 64 of A-Z, a-z, 0-9, underscore and hyphen.");
        }

        return Taken.Contains(parts[0]) ? throw new UserErrorException($"--consumer: the path has a function or a rule {parts[0]}. Give the consumer another name.") : new OwnConsumer(parts[0], parts[1], pattern);
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex FunctionName();
}
