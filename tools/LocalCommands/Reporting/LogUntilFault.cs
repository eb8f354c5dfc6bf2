using DataToEvents.Emulator.Lambda;
using DataToEvents.Emulator.Storage;

namespace DataToEvents.Local.Reporting;

/// <summary>Drops the functions' log lines after the database has failed: each line would say only that, and the host says it once.</summary>
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
