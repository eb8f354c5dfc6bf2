namespace DataToEvents.EndToEnd.Tests.AwsClients;

/// <summary>Reported as skipped, with what to install, where a program is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class InstalledFactAttribute : FactAttribute
{
    public InstalledFactAttribute(string program)
    {
        using var ask = Process.Start("sh", ["-c", $"command -v {program} >/dev/null"]);
        ask.WaitForExit();
        Skip = ask.ExitCode == 0 ? null : $"{program} is not installed: apt-get install {program}";
    }
}
