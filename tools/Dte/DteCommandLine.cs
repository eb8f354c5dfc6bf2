using DataToEvents.Dte.Completion;
using DataToEvents.Generator.Commands;
using DataToEvents.Generator.Sending;
using DataToEvents.Local;
using DataToEvents.Operator.Commands;
using DataToEvents.Recovery.Commands;

namespace DataToEvents.Dte;

/// <summary>One command for all: <c>run</c> is the tool <c>local</c>; the others are the commands of <c>generator</c> and <c>operator</c>.</summary>
internal static class DteCommandLine
{
    private const string Run = "run";

    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal)
    {
        var invocation = new InvocationConfiguration
        {
            Output = terminal.Output,
            Error = terminal.Error,
            ProcessTerminationTimeout = args is [Run, ..] ? LocalCommandLine.TerminationTimeout : Longer(GeneratorCommandLine.TerminationTimeout, OperatorCommandLine.TerminationTimeout),
        };
        return CommandRun.RunAsync(Create(terminal), args, terminal.Complain, invocation);
    }

    private static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand("DataToEvents: runs the path on this machine, sends records, shows and brings back what was set aside, and proves that all of it arrived.");
        Command[] commands =
        [
            LocalCommandLine.CreateCommand(Run), .. GeneratorCommandLine.Commands(terminal, AwsConnection.Open),
            .. OperatorCommandLine.Commands(terminal, FurtherCommands.Of), CompletionCommand.Create(terminal),
        ];
        Array.ForEach(commands, root.Subcommands.Add);
        return root;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
