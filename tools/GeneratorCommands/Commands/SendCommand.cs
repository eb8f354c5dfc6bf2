using DataToEvents.Load.Records;

namespace DataToEvents.Generator.Commands;

internal sealed class SendCommand(Terminal terminal, Func<SendTarget, IRecordSink> connect)
{
    public static Command Create(Terminal terminal, Func<SendTarget, IRecordSink> connect)
    {
        var command = new Command("send", "Sends records; only what failed goes again.");
        var arguments = new SendArguments(command, terminal.Time);
        var send = new SendCommand(terminal, connect);
        command.SetAction((parsed, stopping) => arguments.Complaint(parsed) is { } complaint ? terminal.RefuseAsync(complaint) : send.RunAsync(arguments.Read(parsed), stopping));
        return command;
    }

    private async Task<int> RunAsync(SendOptions options, CancellationToken stopping)
    {
        if (options.Ledger is { } file && File.Exists(file))
        {
            terminal.Complain($"--ledger '{file}' is not allowed: there is such a file, and a ledger is never overwritten; allowed: a new file.");
            return ExitCode.BadInput;
        }

        try
        {
            if (options.Input is { } input && InputFile.Complaint(input) is { } complaint)
            {
                terminal.Complain($"--input: {complaint}");
                return ExitCode.BadInput;
            }

            using var ledger = OpenLedger(options);
            return await RunAsync(options, ledger, stopping);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            terminal.Complain($"a file cannot be used: {fault.Message}");
            return ExitCode.BadInput;
        }
    }

    private async Task<int> RunAsync(SendOptions options, LedgerWriter? ledger, CancellationToken stopping)
    {
        var totals = new SendTotals();
        var start = terminal.Time.GetTimestamp();
        TargetException? fault = null;
        using var input = options.Input is { } file ? File.OpenRead(file) : null;
        try
        {
            var sender = new RecordSender(
                connect(options.Target), Source(options, input), new Expectations(options.Catalog, options.Target.Kind == TargetKind.Sqs),
                ledger, totals, terminal.Time, terminal.Random);
            await ProgressView.ShowAsync(terminal, totals, options, () => sender.SendAsync(options.Plan, stopping));
        }
        catch (TargetException caught)
        {
            fault = caught;
        }

        ledger?.End(terminal.Time.GetUtcNow());
        var outcome = RunOutcome.Of(totals, options.Plan, fault, stopping.IsCancellationRequested);
        var summary = new SendSummary(totals, options, outcome, terminal.Time.GetElapsedTime(start));
        if (options.Json)
        {
            terminal.Output.WriteLine(summary.ToJson());
        }
        else
        {
            summary.Write(terminal.Screen);
        }

        if (outcome.Complaint is { } complaint)
        {
            terminal.Complain(complaint);
        }

        return outcome.ExitCode;
    }

    private static IRecordSource Source(SendOptions options, Stream? input) => input is null
        ? new SyntheticLoad(new RecordGenerator(options.Records), options.Records.Seed, options.Faults, options.Plan.Count)
        : new FileLoad(input, options.Records.EventsPerRecord, options.Plan.Count);

    private LedgerWriter? OpenLedger(SendOptions options) => options.Ledger is not { } file ? null : new LedgerWriter(
        new BufferedStream(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read), 1 << 20),
        new LedgerHead
        {
            Seed = options.Input is null ? options.Records.Seed : null,
            Target = options.Target.Kind.ToString().ToLower(CultureInfo.InvariantCulture),
            Name = options.Target.Name,
            Started = terminal.Time.GetUtcNow(),
        });
}
