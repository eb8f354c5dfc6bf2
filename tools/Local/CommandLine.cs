using System.CommandLine;
using System.Globalization;
using DataToEvents.Common;
using DataToEvents.Local.Reporting;

namespace DataToEvents.Local;

/// <summary>The options of <c>local</c>, and what they may be.</summary>
internal static class CommandLine
{
    private static readonly Option<string?> Input = new("--input") { Description = "NDJSON file to feed, a record a line; - is standard input. Without it: demo traffic." };
    private static readonly Option<string?> Rate = new("--rate") { Description = "Records a second from the input, or max (the default).", HelpName = "N|max" };
    private static readonly Option<string> Data = new("--data") { Description = "Directory of lake, database and all else.", DefaultValueFactory = _ => ".data" };
    private static readonly Option<string?> Catalog = new("--catalog") { Description = "Event catalog; the Transformer's own by default." };
    private static readonly Option<int> Port = new("--port") { Description = "Port of the endpoints on 127.0.0.1; 0 takes any free one.", DefaultValueFactory = _ => LocalOptions.DefaultPort };
    private static readonly Option<string> Functions = new("--functions") { Description = "inprocess; process: each function an executable behind the Lambda Runtime API; aws: the same with the packages for AWS.", DefaultValueFactory = _ => "inprocess", HelpName = "inprocess|process|aws" };
    private static readonly Option<string> Artifacts = new("--artifacts") { Description = "Where make package put the functions' zips, for --functions aws.", DefaultValueFactory = _ => "artifacts" };
    private static readonly Option<int> FunctionTimeout = new("--function-timeout") { Description = "Seconds that one invocation may take, up to the queue's visibility timeout of 30.", DefaultValueFactory = _ => LocalOptions.DefaultFunctionTimeout };
    private static readonly Option<bool> Audit = new("--audit") { Description = $"Copy every event on the bus to the queue {Names.AuditQueue}." };
    private static readonly Option<bool> NoFeed = new("--no-feed") { Description = "Only open the endpoints." };
    private static readonly Option<string?> Summary = new("--summary") { Description = "json prints the final summary as one JSON object, the last line of standard output.", HelpName = "json" };

    /// <summary>Runs <paramref name="run"/> with the options that the arguments give; bad ones end with one line on standard error and 2.</summary>
    public static async Task<int> InvokeAsync(string[] args, Func<LocalOptions, Task<int>> run)
    {
        var command = new RootCommand("DataToEvents: the whole path on this machine.") { Input, Rate, Data, Catalog, Port, Functions, Artifacts, FunctionTimeout, Audit, NoFeed, Summary };
        command.SetAction(async (parsed, _) => await run(Read(parsed)));
        var result = command.Parse(args);
        if (result.Errors.Count > 0)
        {
            throw new UserErrorException($"{result.Errors[0].Message} See --help.");
        }

        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static LocalOptions Read(ParseResult parsed)
    {
        var options = new LocalOptions
        {
            Input = parsed.GetValue(Input),
            Rate = ReadRate(parsed.GetValue(Rate)),
            Data = new DirectoryInfo(parsed.GetValue(Data)!),
            Catalog = ExistingFile(parsed.GetValue(Catalog), "catalog"),
            Port = parsed.GetValue(Port) is >= 0 and <= 65_535 and var port ? port : throw new UserErrorException("--port must be 0 to 65535."),
            Functions = OneOf("--functions", parsed.GetValue(Functions)!, "inprocess", "process", "aws") switch
            {
                "process" => FunctionsMode.Process,
                "aws" => FunctionsMode.Aws,
                _ => FunctionsMode.InProcess,
            },
            Artifacts = new DirectoryInfo(parsed.GetValue(Artifacts)!),
            FunctionTimeout = parsed.GetValue(FunctionTimeout) is >= 1 and <= LocalOptions.DefaultFunctionTimeout and var seconds
                ? TimeSpan.FromSeconds(seconds)
                : throw new UserErrorException($"--function-timeout must be 1 to {LocalOptions.DefaultFunctionTimeout} seconds."),
            Audit = parsed.GetValue(Audit),
            NoFeed = parsed.GetValue(NoFeed),
            SummaryAsJson = parsed.GetValue(Summary) is { } summary && OneOf("--summary", summary, "json") == "json",
        };
        if (options is { NoFeed: true, Input: not null })
        {
            throw new UserErrorException("--no-feed and --input exclude each other.");
        }

        if (options.Input is not (null or "-"))
        {
            ExistingFile(options.Input, "input");
        }

        return options;
    }

    private static int? ReadRate(string? text)
    {
        if (text is null or "max")
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var rate) && rate is > 0 and <= 1_000_000
            ? rate
            : throw new UserErrorException($"--rate must be a whole number from 1 to 1000000, or max; it is \"{text}\".");
    }

    private static FileInfo? ExistingFile(string? path, string what) =>
        path is null ? null
        : File.Exists(path) ? new FileInfo(path)
        : throw new UserErrorException($"The {what} file {path} does not exist.");

    private static string OneOf(string option, string value, params string[] allowed) =>
        allowed.Contains(value) ? value : throw new UserErrorException($"{option} must be {string.Join(" or ", allowed)}; it is \"{value}\".");
}
