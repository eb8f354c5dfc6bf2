using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;
using Amazon.Runtime;

namespace DataToEvents.Recovery.Tests.Releasing;

/// <summary>Alarms, which are on or off.</summary>
internal sealed class FakeAlarms() : AmazonCloudWatchClient(new BasicAWSCredentials("any", "any"), new AmazonCloudWatchConfig { ServiceURL = "http://127.0.0.1:1" })
{
    /// <summary>By name, whether it is on, for the nth look.</summary>
    public Dictionary<string, Func<int, bool>> Alarms { get; } = [];

    public int Looks { get; private set; }

    /// <summary>One alarm a page.</summary>
    public override Task<DescribeAlarmsResponse> DescribeAlarmsAsync(DescribeAlarmsRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var from = int.Parse(request.NextToken ?? "0", CultureInfo.InvariantCulture);
        Looks += from == 0 && request.AlarmNames is null ? 1 : 0;
        var found = Alarms
            .Where(alarm => request.AlarmNames?.Contains(alarm.Key) ?? alarm.Key.StartsWith(request.AlarmNamePrefix, StringComparison.Ordinal))
            .Select(alarm => new MetricAlarm { AlarmName = alarm.Key, StateValue = alarm.Value(Looks) ? StateValue.ALARM : StateValue.OK })
            .Where(alarm => request.StateValue is null || alarm.StateValue == request.StateValue)
            .ToList();
        return Task.FromResult(new DescribeAlarmsResponse { MetricAlarms = [.. found.Skip(from).Take(1)], NextToken = from + 1 < found.Count ? $"{from + 1}" : null });
    }
}
