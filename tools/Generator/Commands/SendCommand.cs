using System.CommandLine;
using System.Globalization;
using DataToEvents.Generator.Records;
using DataToEvents.Generator.Sending;

namespace DataToEvents.Generator.Commands;

internal sealed class SendCommand(Terminal terminal, Func<FirehoseTarget, IRecordSink> connect)
{
    public static Command Create(Terminal terminal, Func<FirehoseTarget, IRecordSink> connect)
    {
        var command = new Command("send", "Sends generated records; only what failed goes again.");
        var arguments = new SendArguments(command, terminal.Time);
        var send = new SendCommand(terminal, connect);
        command.SetAction((parsed, stopping) => send.RunAsync(arguments.Target(parsed), arguments.Plan(parsed), arguments.Records(parsed), stopping));
        return command;
    }

    private async Task<int> RunAsync(FirehoseTarget target, SendPlan plan, RecordOptions records, CancellationToken stopping)
    {
        var totals = new SendTotals();
        var start = terminal.Time.GetTimestamp();
        TargetException? fault = null;
        try
        {
            var sender = new RecordSender(connect(target), new RecordGenerator(records).Record, totals, terminal.Time, terminal.Random);
            await ProgressView.ShowAsync(terminal, totals, plan.Count, () => sender.SendAsync(plan, stopping));
        }
        catch (TargetException caught)
        {
            fault = caught;
        }

        SummaryView.Write(terminal.Screen, totals, plan, records, terminal.Time.GetElapsedTime(start));
        return Outcome(totals, plan, fault, stopping.IsCancellationRequested);
    }

    private int Outcome(SendTotals totals, SendPlan plan, TargetException? fault, bool stopped)
    {
        var missing = plan.Count - totals.Records;
        if (missing == 0)
        {
            return ExitCode.Success;
        }

        var cause = fault?.Message ?? (stopped ? "the run was stopped" : totals.LastError);
        terminal.Complain(string.Create(CultureInfo.InvariantCulture, $"{missing:N0} of {plan.Count:N0} records were not delivered: {cause}"));
        return fault is not null && totals.Records == 0 ? ExitCode.NoTarget : ExitCode.Incomplete;
    }
}
