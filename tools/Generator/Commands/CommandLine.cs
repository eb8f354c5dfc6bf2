using System.CommandLine;
using DataToEvents.Common.Commands;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Commands;

/// <summary>All of the generator's commands.</summary>
internal static class CommandLine
{
    /// <summary>Longer than a stopped run takes to end by itself, so that Ctrl-C still gets its summary.</summary>
    private static readonly TimeSpan TerminationTimeout = RecordSender.Grace * 2;

    public static Task<int> RunAsync(string[] args, Terminal terminal, Func<SendTarget, IRecordSink> connect)
    {
        var root = new RootCommand("Makes records of four event families, sends them, and verifies what became of them.")
        {
            SendCommand.Create(terminal, connect), VerifyCommand.Create(terminal), PreviewCommand.Create(terminal), FamiliesCommand.Create(terminal), CostCommand.Create(terminal), ReferenceCommand.Create(terminal),
        };
        return CommandRun.RunAsync(root, args, terminal.Complain, new InvocationConfiguration { Error = terminal.Error, ProcessTerminationTimeout = TerminationTimeout });
    }
}
