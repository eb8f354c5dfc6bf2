namespace DataToEvents.EndToEnd.Tests;

/// <summary>The processes of functions that a host has started.</summary>
internal static class FunctionProcesses
{
    public static List<Process> Of(RunningHost host) =>
        [.. Process.GetProcesses().Where(process => process.ProcessName.StartsWith("DataToEvents", StringComparison.Ordinal) && Parent(process.Id) == host.Id)];

    /// <summary>Stops the process, so that it hangs as if in an endless loop.</summary>
    public static async Task HangAsync(this Process process)
    {
        using var stop = Process.Start("kill", ["-STOP", $"{process.Id}"]);
        await stop.WaitForExitAsync();
    }

    private static int Parent(int id)
    {
        try
        {
            // State and parent follow the name, which is in parentheses.
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], null);
        }
        catch (IOException)
        {
            // It has ended since it was listed.
            return 0;
        }
    }
}
