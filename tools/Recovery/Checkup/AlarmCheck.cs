using Amazon.CloudWatch;
using DataToEvents.Recovery.Releasing;

namespace DataToEvents.Recovery.Checkup;

/// <summary>The alarms of the deployment that are on.</summary>
/// <param name="cloudWatch">The service.</param>
/// <param name="prefix">How the names of the deployment's alarms begin.</param>
internal sealed class AlarmCheck(IAmazonCloudWatch cloudWatch, string prefix) : ICheck
{
    public string Name => "alarms";

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellationToken)
    {
        var ringing = await new AlarmWatch(cloudWatch, prefix, []).RingingAsync(cancellationToken);
        return ringing.Count == 0
            ? [CheckResult.Ok(Name, "none is on")]
            : [.. ringing.Select(alarm => new CheckResult(CheckLevel.Warn, Name, $"{alarm} is on", $"docs/aws.md, Runbook, {alarm[prefix.Length..]}"))];
    }
}
