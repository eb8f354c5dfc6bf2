using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace DataToEvents.Recovery.Releasing;

/// <summary>Tells which of a deployment's alarms are on.</summary>
/// <param name="cloudWatch">The service.</param>
/// <param name="prefix">How the names of the deployment's alarms begin.</param>
/// <param name="further">Names of other alarms that count.</param>
internal sealed class AlarmWatch(IAmazonCloudWatch cloudWatch, string prefix, IReadOnlyList<string> further)
{
    /// <returns>The names of the alarms that are on, in their order.</returns>
    /// <exception cref="UserErrorException">One of the other alarms does not exist.</exception>
    public async Task<IReadOnlyList<string>> RingingAsync(CancellationToken cancellationToken)
    {
        var own = await AlarmsAsync(new DescribeAlarmsRequest { AlarmNamePrefix = prefix, StateValue = StateValue.ALARM }, cancellationToken);
        var others = further.Count == 0 ? [] : await AlarmsAsync(new DescribeAlarmsRequest { AlarmNames = [.. further] }, cancellationToken);
        return further.Except(others.Select(static alarm => alarm.AlarmName)).FirstOrDefault() is { } missing
            ? throw new UserErrorException($"there is no alarm '{missing}'; allowed: the name of an alarm on a metric in this account and region.")
            : [.. own.Concat(others).Where(static alarm => alarm.StateValue == StateValue.ALARM).Select(static alarm => alarm.AlarmName).Distinct().Order(StringComparer.Ordinal)];
    }

    private async Task<List<MetricAlarm>> AlarmsAsync(DescribeAlarmsRequest request, CancellationToken cancellationToken)
    {
        var alarms = new List<MetricAlarm>();
        do
        {
            var page = await cloudWatch.DescribeAlarmsAsync(request, cancellationToken);
            alarms.AddRange(page.MetricAlarms ?? []);
            request.NextToken = page.NextToken;
        }
        while (!string.IsNullOrEmpty(request.NextToken));
        return alarms;
    }
}
