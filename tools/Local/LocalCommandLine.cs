using DataToEvents.Local.Hosting;

namespace DataToEvents.Local;

/// <summary>The options of <c>local</c>, and what they may be.</summary>
internal static class LocalCommandLine
{
    private static readonly Option<string?> Input = Arguments.Create<string?>(
        "--input", "NDJSON to feed, a record a line; demo traffic without it", "a file that exists, or - for standard input", text => (text == "-" || File.Exists(text), text));

    private static readonly Option<int?> Rate = Arguments.Create<int?>("--rate", "Records a second from the input; max without it", "a whole number from 1 to 1000000, or max", ParseRate);
    private static readonly Option<string> Data = new("--data") { Description = "Directory of lake, database and all else.", DefaultValueFactory = _ => ".data" };
    private static readonly Option<string?> Catalog = Arguments.File("--catalog", "Event catalog; the Transformer's own without it");
    private static readonly Option<long> Port = Arguments.Whole("--port", "Port of the endpoints on 127.0.0.1; 0 takes any free one", 0, 65_535).WithDefault(LocalOptions.DefaultPort);

    private static readonly Option<string> Functions = Arguments.OneOf(
        "--functions", "inprocess; process: each function an executable behind the Lambda Runtime API; aws: the same with the packages for AWS", "inprocess", "process", "aws").WithDefault("inprocess");

    private static readonly Option<string> Artifacts = new("--artifacts") { Description = "Where make package put the functions' zips, for --functions aws.", DefaultValueFactory = _ => "artifacts" };

    private static readonly Option<long> FunctionTimeout = Arguments.Whole(
        "--function-timeout", "Seconds that one invocation may take, up to the queue's visibility timeout", 1, LocalOptions.DefaultFunctionTimeout).WithDefault(LocalOptions.DefaultFunctionTimeout);

    private static readonly Option<bool> Audit = new("--audit") { Description = $"Copy every event on the bus to the queue {Names.AuditQueue}." };
    private static readonly Option<string[]> Consumer = new("--consumer") { Description = "NAME=COMMAND: a consumer of your own behind the bus; the command starts a Lambda function's process." };
    private static readonly Option<string[]> Pattern = new("--pattern") { Description = "File with the event pattern of the --consumer at the same place; every event of the path without it." };
    private static readonly Option<bool> NoFeed = new("--no-feed") { Description = "Only open the endpoints." };
    private static readonly Option<string> Summary = Arguments.OneOf("--summary", "Prints the final summary as one JSON object, the last line of standard output", "json");

    /// <summary>Runs <paramref name="run"/> with the options that the arguments give; bad ones end with one line on standard error and exit code 2.</summary>
    public static Task<int> InvokeAsync(string[] args, Func<LocalOptions, Task<int>> run)
    {
        var command = new RootCommand("DataToEvents: the whole path on this machine.") { Input, Rate, Data, Catalog, Port, Functions, Artifacts, FunctionTimeout, Audit, Consumer, Pattern, NoFeed, Summary };
        command.SetAction(async (parsed, _) => await run(Read(parsed)));
        return CommandRun.RunAsync(command, args, Console.Error.WriteLine, new InvocationConfiguration { ProcessTerminationTimeout = null });
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
            Functions = parsed.GetValue(Functions) switch
            {
                "process" => FunctionsMode.Process,
                "aws" => FunctionsMode.Aws,
                _ => FunctionsMode.InProcess,
            },
            Artifacts = new DirectoryInfo(parsed.GetValue(Artifacts)!),
            FunctionTimeout = TimeSpan.FromSeconds(parsed.GetValue(FunctionTimeout)),
            Audit = parsed.GetValue(Audit),
            Consumers = OwnConsumer.Read(parsed.GetValue(Consumer) ?? [], parsed.GetValue(Pattern) ?? []),
            NoFeed = parsed.GetValue(NoFeed),
            SummaryAsJson = parsed.GetValue(Summary) is not null,
        };
        return options is { NoFeed: true, Input: not null } ? throw new UserErrorException("--no-feed and --input exclude each other.") : options;
    }

    private static (bool, int?) ParseRate(string text) =>
        text == "max" ? (true, null) : (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000, rate);
}
