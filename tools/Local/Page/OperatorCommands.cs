using DataToEvents.Operator.Commands;
using Spectre.Console;

namespace DataToEvents.Local.Page;

/// <summary>The operator's command line, in this process: the page's buttons do what a person would type.</summary>
internal static class OperatorCommands
{
    public static Task<int> RunAsync(string[] args, TextWriter output)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        return CommandLine.RunAsync(args, new Terminal(screen, output, output, TextReader.Null, IsInteractive: false, TimeProvider.System, Random.Shared));
    }
}
