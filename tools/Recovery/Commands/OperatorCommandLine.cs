namespace DataToEvents.Recovery.Commands;

/// <summary>The operator's command line.</summary>
internal static class OperatorCommandLine
{
    /// <summary>Longer than a stopped command takes to report what it has done.</summary>
    public static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    /// <param name="args">The arguments as they were typed.</param>
    /// <param name="terminal">The terminal at which they were typed.</param>
    /// <param name="more">Makes the commands beyond those of this library.</param>
    /// <param name="stopping">Ends a command as Ctrl-C does.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(string[] args, Terminal terminal, Func<Runner, IEnumerable<Command>> more, CancellationToken stopping = default)
    {
        var root = new RootCommand("Shows where records wait or were set aside, brings them back, proves that none was lost, and says what a load costs.");
        var runner = new Runner(terminal);
        AddOptions(runner, root);
        foreach (var command in Commands(runner, more))
        {
            root.Subcommands.Add(command);
        }

        var invocation = new InvocationConfiguration { Output = terminal.Output, Error = terminal.Error, ProcessTerminationTimeout = TerminationTimeout };
        return CommandRun.RunAsync(root, args, terminal.Complain, invocation, stopping);
    }

    /// <summary>The operator's commands for a command line that has others too: each command has the operator's options itself.</summary>
    /// <param name="terminal">Where they were typed.</param>
    /// <param name="more">Makes the commands beyond those of this library.</param>
    public static IReadOnlyList<Command> Commands(Terminal terminal, Func<Runner, IEnumerable<Command>> more)
    {
        var runner = new Runner(terminal);
        var commands = Commands(runner, more);
        foreach (var command in commands)
        {
            AddOptions(runner, command);
        }

        return commands;
    }

    private static Command[] Commands(Runner runner, Func<Runner, IEnumerable<Command>> more) =>
    [
        StatusCommand.Create(runner), DeadLettersCommand.Create(runner), FailedCommand.Create(runner),
        OnFailureCommand.Create(runner), QuarantineCommand.Create(runner), ReplayCommand.Create(runner), EventsCommand.Create(runner), CaptureCommand.Create(runner), ProbeCommand.Create(runner), .. PauseCommand.Create(runner), ReleaseCommand.Create(runner), DoctorCommand.Create(runner), .. more(runner),
    ];

    private static void AddOptions(Runner runner, Command command)
    {
        foreach (var option in runner.Options)
        {
            command.Options.Add(option);
        }
    }
}
