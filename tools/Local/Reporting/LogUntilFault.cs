using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Local.Reporting;

/// <summary>Once the database takes nothing any more, all that functions can say is that; the host says it, once.</summary>
internal sealed class LogUntilFault(IFunctionLog log, Database database) : IFunctionLog
{
    public void Write(string functionName, string line)
    {
        if (!database.Stopped.IsFaulted)
        {
            log.Write(functionName, line);
        }
    }
}
