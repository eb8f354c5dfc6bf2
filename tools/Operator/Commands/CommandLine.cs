using System.CommandLine;
using System.CommandLine.Parsing;

namespace DataToEvents.Operator.Commands;

/// <summary>The whole command line, from arguments to exit code.</summary>
internal static class CommandLine
{
    /// <summary>Longer than a stopped run takes to say what it has done.</summary>
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(30);

    public static Task<int> RunAsync(string[] args, Terminal terminal)
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

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            terminal.Complain(Explain(MostTelling(parsed), parsed.CommandResult.Command));
            return Task.FromResult(ExitCode.BadInput);
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = terminal.Output,
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
