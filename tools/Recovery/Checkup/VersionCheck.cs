using System.Reflection;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The version of this program. Which version runs on AWS, the functions do not tell.</summary>
internal sealed class VersionCheck : ICheck
{
    public string Name => "version";

    public Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Finding>>([Finding.Ok(Name, $"operator {Version}, {RuntimeInformation.FrameworkDescription}")]);

    private static string Version => typeof(VersionCheck).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
