using System.CommandLine;
using System.CommandLine.Parsing;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Commands;

/// <summary>The whole command line, from arguments to exit code.</summary>
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
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            terminal.Complain(Explain(MostTelling(parsed), parsed.CommandResult.Command));
            return Task.FromResult(ExitCode.BadInput);
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Error = terminal.Error,
            // A defect is to be seen with its stack, not as a friendly line.
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TerminationTimeout,
        });
    }

    /// <summary>A word that means nothing here explains why another one seems to be missing.</summary>
    private static ParseError MostTelling(ParseResult parsed) =>
        parsed.Errors.FirstOrDefault(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains($"'{token}'", StringComparison.Ordinal))) ?? parsed.Errors[0];

    private static string Explain(ParseError error, Command command)
    {
        if (error.Message.Contains("allowed", StringComparison.Ordinal))
        {
            return error.Message;
        }

        var allowed = command.Subcommands.Select(sub => sub.Name).Concat(command.Options.Select(option => option.Name));
        return $"{error.Message} Allowed: {string.Join(", ", allowed)}.";
    }
}
