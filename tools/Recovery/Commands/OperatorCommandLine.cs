namespace DataToEvents.Recovery.Commands;

/// <summary>The operator's command line.</summary>
internal static class OperatorCommandLine
{
    /// <summary>Longer than a stopped command takes to report what it has done.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <param name="args">The arguments as they were typed.</param>
    /// <param name="terminal">The terminal at which they were typed.</param>
    /// <param name="more">Makes the commands beyond those of this library.</param>
    /// <param name="stopping">Ends a command as Ctrl-C does.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, Func<Runner, IEnumerable<Command>> more, CancellationToken stopping = default)
    {
        var root = new RootCommand("Shows where records wait or were set aside, brings them back, proves that none was lost, and says what a load costs.");
        var runner = new Runner(root, terminal);
        Command[] commands =
        [
            StatusCommand.Create(runner), DeadLettersCommand.Create(runner), FailedCommand.Create(runner),
            OnFailureCommand.Create(runner), QuarantineCommand.Create(runner), ReplayCommand.Create(runner), ProbeCommand.Create(runner), .. more(runner),
        ];
        Array.ForEach(commands, root.Subcommands.Add);

        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, ProcessTerminationTimeout = TerminationTimeout };
        return CommandRun.RunAsync(root, args, terminal.Complain, invocation, stopping);
    }
}
