using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Local.Reporting;

/// <summary>Functions' log lines, on standard error.</summary>
internal sealed class ConsoleFunctionLog : IFunctionLog
{
    public void Write(string functionName, string line) => Console.Error.WriteLine($"{functionName}: {line}");
}
