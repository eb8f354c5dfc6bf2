using DataToEvents.Emulator.Lambda;

namespace DataToEvents.Functions.Tests;

internal sealed class NoLog : IFunctionLog
{
    public void Write(string functionName, string line)
    {
    }
}
