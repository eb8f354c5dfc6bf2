using System.Reflection;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The version of this program. The functions on AWS do not report which version they are.</summary>
internal sealed class VersionCheck : ICheck
{
    public string Name => "version";

    public Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<CheckResult>>([CheckResult.Ok(Name, $"operator {Version}, {RuntimeInformation.FrameworkDescription}")]);

    private static string Version => typeof(VersionCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
