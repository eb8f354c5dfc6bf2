namespace DataToEvents.Generator.Commands;

/// <summary>All of the generator's commands.</summary>
internal static class GeneratorCommandLine
{
    /// <summary>Longer than a stopped run takes to end, so that Ctrl-C still prints the summary.</summary>
    public static readonly TimeSpan TerminationTimeout = RecordSender.Grace * 2;

    public static Task<int> RunAsync(string[] args, Terminal terminal, Func<SendTarget, IRecordSink> connect)
    {
        if (args is [var command and ("verify" or "cost" or "reference"), ..])
        {
            return terminal.RefuseAsync($"{command} is a command of the operator now: operator {command}.");
        }

        var root = new RootCommand("Makes records of four event families and sends them.");
        foreach (var made in Commands(terminal, connect))
        {
            root.Subcommands.Add(made);
        }

        return CommandRun.RunAsync(root, args, terminal.Complain, new InvocationConfiguration { Error = terminal.Error, ProcessTerminationTimeout = TerminationTimeout });
    }

    public static IEnumerable<Command> Commands(Terminal terminal, Func<SendTarget, IRecordSink> connect) =>
        [SendCommand.Create(terminal, connect), PreviewCommand.Create(terminal), FamiliesCommand.Create(terminal)];
}
