using Amazon.Lambda.Core;

namespace DataToEvents.Emulator.Lambda;

/// <summary>The logger of a handler in this process: lines of the level Information and above go to the host's log.</summary>
internal sealed partial class LineLogger(string functionName, IFunctionLog? log) : ILambdaLogger
{
    public void Log(string message) => log?.Write(functionName, message);

    public void LogLine(string message) => log?.Write(functionName, message);

    public void Log(Exception fault) => log?.Write(functionName, fault.ToString());

    public void Log(string level, string message) => Log(level, message, []);

    public void Log(string level, string message, params object[] args)
    {
        if (level is not (nameof(LogLevel.Trace) or nameof(LogLevel.Debug)))
        {
            log?.Write(functionName, $"{level}: {Fill(message, args)}");
        }
    }

    /// <summary>Fills in the arguments in order: "Stored {Count} of {Total}".</summary>
    private static string Fill(string template, object[] args)
    {
        var next = 0;
        return args.Length == 0
            ? template
            : Placeholder().Replace(template, name => next < args.Length ? Convert.ToString(args[next++], CultureInfo.InvariantCulture) ?? "" : name.Value);
    }

    [GeneratedRegex(@"\{[A-Za-z0-9_]+\}")]
    private static partial Regex Placeholder();
}
