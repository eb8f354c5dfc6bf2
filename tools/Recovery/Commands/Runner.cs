namespace DataToEvents.Recovery.Commands;

/// <summary>Runs a command with the parts that all commands share: the services, the printer, the question before a change, and the exit codes of faults.</summary>
internal sealed class Runner(Terminal terminal)
{
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object on standard output instead of text", Recursive = true };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask; without a terminal nothing is changed unless this is given" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be done" };
    private readonly Option<double?> _rate = Arguments.RateOrMax("--rate", "At most so many a second; max without it", 1_000_000);

    public TargetArguments Targets { get; } = new();

    /// <summary>The options of every command, for a command above them all.</summary>
    public IEnumerable<Option> Options => [.. Targets.Options, _json];

    /// <summary>A command that needs no service.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does the work, and returns the exit code.</param>
    public Command Compute(Command command, Func<Printer, ParseResult, int> run)
    {
        command.SetAction((parsed, stopping) => GuardAsync(parsed, printer => Task.FromResult(run(printer, parsed)), stopping));
        return command;
    }

    /// <summary>A command that only reads, and does not use the services that the others share.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does the work, and returns the exit code.</param>
    public Command Ask(Command command, Func<PathTarget, Printer, ParseResult, CancellationToken, Task<int>> run)
    {
        command.SetAction((parsed, stopping) => GuardAsync(parsed, printer => run(Targets.Read(parsed), printer, parsed, stopping), stopping));
        return command;
    }

    /// <summary>A command that only reads.</summary>
    /// <param name="command">The command.</param>
    /// <param name="run">Does the work, and returns the exit code.</param>
    /// <param name="complaint">Says what is wrong with the options together; null when they agree.</param>
    public Command Look(Command command, Func<CommandSession, ParseResult, Task<int>> run, Func<ParseResult, string?>? complaint = null)
    {
        command.SetAction((parsed, stopping) => complaint?.Invoke(parsed) is { } wrong ? terminal.RefuseAsync(wrong) : RunAsync(parsed, new ChangeOptions(), run, stopping));
        return command;
    }

    /// <summary>A command that changes something.</summary>
    public Command Change(Command command, Func<CommandSession, ParseResult, Task<int>> run, bool paced = true)
    {
        command.Options.Add(_yes);
        command.Options.Add(_dryRun);
        if (paced)
        {
            command.Options.Add(_rate);
        }

        command.SetAction((parsed, stopping) => RunAsync(
            parsed, new ChangeOptions(parsed.GetValue(_yes), parsed.GetValue(_dryRun), paced ? parsed.GetValue(_rate) : null), run, stopping));
        return command;
    }

    private Task<int> RunAsync(ParseResult parsed, ChangeOptions change, Func<CommandSession, ParseResult, Task<int>> run, CancellationToken stopping) => GuardAsync(
        parsed,
        async printer =>
        {
            await using var services = await PathServices.OpenAsync(Targets.Read(parsed), terminal);
            return await run(new CommandSession(terminal, printer, services, change, stopping), parsed);
        },
        stopping);

    private async Task<int> GuardAsync(ParseResult parsed, Func<Printer, Task<int>> run, CancellationToken stopping)
    {
        var printer = new Printer(terminal, parsed.GetValue(_json));
        try
        {
            var exitCode = await run(printer);
            printer.Flush();
            return exitCode;
        }
        catch (UserErrorException fault)
        {
            return await terminal.RefuseAsync(fault.Message);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            terminal.Complain("stopped");
            return ExitCode.Incomplete;
        }
        catch (Exception fault) when (ServiceFaults.Describe(fault, stopping) is { } cause)
        {
            terminal.Complain(cause);
            return ExitCode.NoTarget;
        }
    }
}
