namespace DataToEvents.EndToEnd.Tests.Documents;

/// <summary>The AWS CLI of this machine.</summary>
internal static class AwsCli
{
    private static readonly Lazy<string?> Version = new(() =>
    {
        using var ask = Process.Start(new ProcessStartInfo("sh", ["-c", "command -v curl >/dev/null && aws --version"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var version = ask.StandardOutput.ReadToEnd();
        ask.WaitForExit();
        return ask.ExitCode == 0 ? version : null;
    });

    public static string? Missing => Version.Value is null ? "The AWS CLI or curl is not installed: pip install awscli; apt-get install curl" : null;

    /// <summary>The documents are written for version 2; the first one takes raw text for a blob without being told to, and refuses to be told.</summary>
    public static bool IsSecondVersion => Version.Value?.StartsWith("aws-cli/2", StringComparison.Ordinal) == true;
}

/// <summary>Reported as skipped where the AWS CLI or curl is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AwsCliTheoryAttribute : TheoryAttribute
{
    public override string? Skip => base.Skip ?? AwsCli.Missing;
}
