using System.CommandLine;
using System.Globalization;
using DataToEvents.Common;
using DataToEvents.Common.Commands;
using DataToEvents.Operator.Reporting;
using DataToEvents.Operator.Targets;

namespace DataToEvents.Operator.Commands;

/// <summary>What all commands share: where the services are, how to print, how to ask, and what faults mean.</summary>
internal sealed class Runner
{
    private const double MaxRate = 1_000_000;

    private readonly Terminal _terminal;
    private readonly TargetArguments _targets;
    private readonly Option<bool> _json = new("--json") { Description = "One JSON object on standard output instead of text", Recursive = true };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Do not ask; without a terminal nothing is changed unless this is given" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Only say what would be done" };
    private readonly Option<double?> _rate = Arguments.Create<double?>(
        "--rate", "At most so many a second", FormattableString.Invariant($"a number over 0, at most {MaxRate}"), ParseRate);

    public Runner(Command root, Terminal terminal)
    {
        (_terminal, _targets) = (terminal, new TargetArguments(root));
        root.Options.Add(_json);
    }

    /// <summary>A command that only looks.</summary>
    public Command Look(Command command, Func<Session, ParseResult, Task<int>> run)
    {
        command.SetAction((parsed, stopping) => RunAsync(parsed, new ChangeOptions(), run, stopping));
        return command;
    }

    /// <summary>A command that changes something.</summary>
    public Command Change(Command command, Func<Session, ParseResult, Task<int>> run, bool paced = true)
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

    private async Task<int> RunAsync(ParseResult parsed, ChangeOptions change, Func<Session, ParseResult, Task<int>> run, CancellationToken stopping)
    {
        var printer = new Printer(_terminal, parsed.GetValue(_json));
        try
        {
            await using var services = await Connection.OpenAsync(_targets.Read(parsed), _terminal);
            var exitCode = await run(new Session(_terminal, printer, services, change, stopping), parsed);
            printer.Flush();
            return exitCode;
        }
        catch (UserErrorException fault)
        {
            _terminal.Complain(fault.Message);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _terminal.Complain("stopped");
            return ExitCode.Incomplete;
        }
        catch (Exception fault) when (ServiceFaults.Describe(fault, stopping) is { } cause)
        {
            _terminal.Complain(cause);
            return ExitCode.NoTarget;
        }
    }

    private static (bool, double?) ParseRate(string text) =>
        (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate > 0 && rate <= MaxRate, rate);
}
