using DataToEvents.Local.Feeding;
using DataToEvents.Local.Hosting;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local;

/// <summary>The options of <c>local</c>, and what they may be.</summary>
internal static class LocalCommandLine
{
    private static readonly Option<string?> Input = Arguments.Create<string?>(
        "--input", "NDJSON to feed, a record a line; demo traffic without it", "a file that exists, or - for standard input", text => (text == "-" || File.Exists(text), text));

    private static readonly Option<double?> Rate = Arguments.RateOrMax("--rate", "Records a second from the input; max without it", 1_000_000);
    private static readonly Option<string> Data = new("--data") { Description = "Directory of lake, database and all else", DefaultValueFactory = _ => ".data", HelpName = "DIR" };
    private static readonly Option<string?> Catalog = Arguments.File("--catalog", "Event catalog; the Transformer's own without it");
    private static readonly Option<long> Port = Arguments.Whole("--port", "Port of the endpoints; 0 takes any free one", 0, 65_535).WithDefault(LocalOptions.DefaultPort);

    private static readonly Option<IPAddress> Listen = Arguments.Create(
        "--listen", "Address of the endpoints, 127.0.0.1 without it; 0.0.0.0 is every address of this machine, for containers and other machines", "an IP address",
        text => (IPAddress.TryParse(text, out var address), address ?? IPAddress.Loopback)).WithDefault(IPAddress.Loopback);

    private static readonly Option<string[]> AllowHost = Repeated("--allow-host", "A name that requests may have as their Host, such as host.docker.internal; may be repeated");
    private static readonly Option<string[]> Cors = Repeated("--cors", "An origin whose pages may call the services from a browser, such as http://localhost:3000, or * for all; may be repeated");

    private static readonly Option<KeepBound> Keep = Arguments.Create(
        "--keep", $"Demo traffic ends when the data directory has this size, or after this time ({KeepBound.Default} without it)", $"a number and {Units.Sizes}, or {Units.Times}",
        text => (KeepBound.TryParse(text, out var bound), bound)).WithDefault(KeepBound.Default);

    private static readonly Option<bool> Fresh = new("--fresh") { Description = "Delete what the data directory holds, and begin anew" };

    private static readonly Option<string> Functions = Arguments.OneOf(
        "--functions", "inprocess; process: each function an executable behind the Lambda Runtime API; aws: the same with the packages for AWS", "inprocess", "process", "aws").WithDefault("inprocess");

    private static readonly Option<string> Artifacts = new("--artifacts") { Description = "Where make package put the functions' zips, for --functions aws", DefaultValueFactory = _ => "artifacts", HelpName = "DIR" };

    private static readonly Option<TimeSpan?> FunctionTimeout = Arguments.Duration(
        "--function-timeout", $"How long one invocation may take, up to the queue's visibility timeout; {Units.Text(LocalOptions.DefaultFunctionTimeout)} without it",
        TimeSpan.FromSeconds(1), LocalOptions.DefaultFunctionTimeout, orSeconds: true);

    private static readonly Option<bool> Audit = new("--audit") { Description = $"Copy every event on the bus to the queue {Names.AuditQueue}" };

    private static readonly Option<string[]> Consumer = Repeated("--consumer", "NAME=COMMAND: a consumer of your own behind the bus; the command starts the process of a Lambda function; may be repeated");
    private static readonly Option<string[]> Pattern = Repeated("--pattern", "File with the event pattern of the --consumer at the same place; every event of the path without it");

    private static readonly Option<bool> NoFeed = new("--no-feed") { Description = "Only open the endpoints" };
    private static readonly Option<bool> KeepOpen = new("--keep-open") { Description = "After the input stay open for a look at the page, until Ctrl-C" };
    private static readonly Option<string> Summary = Arguments.OneOf("--summary", "Prints the final summary as one JSON object, the last line of standard output", "json");

    /// <summary>A run ends by itself after Ctrl-C, however long its drain takes.</summary>
    public static TimeSpan? TerminationTimeout => null;

    private const string Description = "Runs the whole path on this machine.";

    private static readonly Option[] Options = [Input, Rate, Data, Fresh, Keep, Catalog, Port, Listen, AllowHost, Cors, Functions, Artifacts, FunctionTimeout, Audit, Consumer, Pattern, NoFeed, KeepOpen, Summary];

    /// <summary>Runs the path; bad arguments end with one line on standard error.</summary>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args) =>
        CommandRun.RunAsync(Filled(new RootCommand(Description)), args, Console.Error.WriteLine, new InvocationConfiguration { ProcessTerminationTimeout = TerminationTimeout });

    /// <summary>The same as a command of another command line.</summary>
    public static Command CreateCommand(string name) => Filled(new Command(name, Description));

    private static TCommand Filled<TCommand>(TCommand command)
        where TCommand : Command
    {
        Array.ForEach(Options, command.Options.Add);
        command.SetAction((parsed, _) => RunAsync(parsed));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed)
    {
        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        try
        {
            var options = Read(parsed);
            return await new LocalRun(options, new Screen(options.SummaryAsJson)).RunAsync(interrupted.Token);
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return ExitCode.BadInput;
        }

        void Interrupt(PosixSignalContext signal)
        {
            // The first Ctrl-C drains the path. The second ends the process at once: what was acknowledged is on disk anyway.
            signal.Cancel = !interrupted.IsCancellationRequested;
            interrupted.Cancel();
        }
    }

    private static LocalOptions Read(ParseResult parsed)
    {
        var options = new LocalOptions
        {
            Input = parsed.GetValue(Input),
            Rate = parsed.GetValue(Rate),
            Data = new DirectoryInfo(parsed.GetValue(Data)!),
            Catalog = parsed.GetValue(Catalog) is { } catalog ? new FileInfo(catalog) : null,
            Port = (int)parsed.GetValue(Port),
            Listen = parsed.GetValue(Listen)!,
            AllowedHosts = parsed.GetValue(AllowHost)!,
            AllowedOrigins = parsed.GetValue(Cors)!,
            Keep = parsed.GetValue(Keep)!,
            Fresh = parsed.GetValue(Fresh),
            Functions = parsed.GetValue(Functions) switch
            {
                "process" => FunctionsMode.Process,
                "aws" => FunctionsMode.Aws,
                _ => FunctionsMode.InProcess,
            },
            Artifacts = new DirectoryInfo(parsed.GetValue(Artifacts)!),
            FunctionTimeout = parsed.GetValue(FunctionTimeout) ?? LocalOptions.DefaultFunctionTimeout,
            Audit = parsed.GetValue(Audit),
            Consumers = OwnConsumer.Read(parsed.GetValue(Consumer)!, parsed.GetValue(Pattern)!),
            NoFeed = parsed.GetValue(NoFeed),
            KeepOpen = parsed.GetValue(KeepOpen),
            SummaryAsJson = parsed.GetValue(Summary) is not null,
        };
        var feeding = new (string Name, bool IsGiven)[] { ("--input", options.Input is not null), ("--rate", parsed.GetResult(Rate) is { Implicit: false }) };
        if (options.NoFeed && Array.Find(feeding, static option => option.IsGiven) is { Name: { } fed })
        {
            throw new UserErrorException($"--no-feed and {fed} exclude each other: with --no-feed nothing is fed; allowed: one of them.");
        }

        return options is { KeepOpen: true, Input: null }
            ? throw new UserErrorException("--keep-open goes with --input: without it the host stays open until Ctrl-C as it is; allowed: --input FILE --keep-open.")
            : options;
    }

    private static Option<string[]> Repeated(string name, string description) => new(name) { Description = description, DefaultValueFactory = _ => [] };
}
