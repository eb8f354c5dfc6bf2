using DataToEvents.Recovery.Commands;

namespace DataToEvents.Recovery;

/// <summary>The operator's command line inside another program: the local page's buttons do what a person would type.</summary>
public static class OperatorCommands
{
    /// <param name="args">The arguments of the command line. A command that changes something needs <c>--yes</c>, because nobody can be asked.</param>
    /// <param name="output">Gets what a person would read, the errors too.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output) => RunAsync(args, output, output);

    /// <param name="args">The arguments of the command line.</param>
    /// <param name="output">Gets the answer.</param>
    /// <param name="errors">Gets what a person would read on standard error.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter output, TextWriter errors)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, ColorSystem = ColorSystemSupport.NoColors, Out = new AnsiConsoleOutput(output) });
        return OperatorCommandLine.RunAsync(args, new Terminal("operator", screen, output, errors, TimeProvider.System, Random.Shared), _ => []);
    }
}
