using DataToEvents.Local;
using DataToEvents.Local.Reporting;

using var interrupted = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
try
{
    return await LocalCommandLine.InvokeAsync(args, options => new LocalRun(options, new Screen(options.SummaryAsJson)).RunAsync(interrupted.Token));
}
catch (UserErrorException error)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 2;
}

void Interrupt(PosixSignalContext signal)
{
    // The first asks to drain; the second means it: what was acknowledged is on disk anyway.
    signal.Cancel = !interrupted.IsCancellationRequested;
    interrupted.Cancel();
}
