using DataToEvents.Recovery.Commands;

namespace DataToEvents.Recovery;

/// <summary>The operator's command line inside another program: the local page's buttons do what a person would type.</summary>
public static class OperatorCommands
{
    /// <param name="args">As on the command line; whatever changes something needs <c>--yes</c>, as nobody is asked.</param>
    /// <param name="output">Gets what a person would read, the errors too.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        return OperatorCommandLine.RunAsync(args, new Terminal("operator", screen, output, output, TimeProvider.System, Random.Shared), _ => []);
    }
}
