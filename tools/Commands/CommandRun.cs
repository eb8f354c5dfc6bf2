using System.CommandLine;
using System.CommandLine.Parsing;

namespace DataToEvents.Commands;

/// <summary>A tool's whole command line, from arguments to exit code.</summary>
public static class CommandRun
{
    /// <param name="root">All of the tool's commands.</param>
    /// <param name="args">The arguments as they were typed.</param>
    /// <param name="complain">Takes one line on bad input: what is wrong and what is allowed.</param>
    /// <param name="invocation">Says where the output goes, and how long a stopped run may take to report its work.</param>
    /// <param name="stopping">Ends a command as Ctrl-C does.</param>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static Task<int> RunAsync(RootCommand root, string[] args, Action<string> complain, InvocationConfiguration invocation, CancellationToken stopping = default)
    {
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true })
        {
            complain(Explain(MostTelling(parsed), parsed.CommandResult.Command));
            return Task.FromResult(ExitCode.BadInput);
        }

        // A defect is to be seen with its stack, not as a friendly line.
        invocation.EnableDefaultExceptionHandler = false;
        return parsed.InvokeAsync(invocation, stopping);
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
