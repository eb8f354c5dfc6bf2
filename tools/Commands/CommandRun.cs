using System.CommandLine;

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
        var complaint = new Complaint(parsed);
        if (parsed.Action is not { ClearsParseErrors: true } && (parsed.Errors.Count > 0 ? complaint.Text : complaint.Mistyped) is { } wrong)
        {
            complain(wrong);
            return Task.FromResult(ExitCode.BadInput);
        }

        // A defect is to be seen with its stack, not as a friendly line.
        invocation.EnableDefaultExceptionHandler = false;
        return parsed.InvokeAsync(invocation, stopping);
    }
}
