using System.CommandLine;
using DataToEvents.Common.Commands;

namespace DataToEvents.Operator.Commands;

/// <summary>All of the operator's commands.</summary>
internal static class CommandLine
{
    /// <summary>Longer than a stopped run takes to say what it has done.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <param name="args">As they were typed.</param>
    /// <param name="terminal">Where it was.</param>
    /// <param name="stopping">Ends a command as Ctrl-C does.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken stopping = default)
    {
        var root = new RootCommand("Shows where records wait or were set aside, and brings them back.");
        var runner = new Runner(root, terminal);
        foreach (var command in new[]
        {
            StatusCommand.Create(runner), DeadLettersCommand.Create(runner), FailedCommand.Create(runner),
            OnFailureCommand.Create(runner), QuarantineCommand.Create(runner), ReplayCommand.Create(runner),
        })
        {
            root.Subcommands.Add(command);
        }

        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, ProcessTerminationTimeout = TerminationTimeout };
        return CommandRun.RunAsync(root, args, terminal.Complain, invocation, stopping);
    }
}
