using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests;

internal sealed class SilentLog : IFunctionLog
{
    public void Write(string functionName, string line)
    {
    }
}
